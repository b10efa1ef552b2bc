package io.keymux.docs.mps;

import com.tencentcloudapi.mps.v20190612.models.CosInputInfo;
import com.tencentcloudapi.mps.v20190612.models.CosOutputStorage;
import com.tencentcloudapi.mps.v20190612.models.MediaInputInfo;
import com.tencentcloudapi.mps.v20190612.models.ProcessMediaRequest;
import com.tencentcloudapi.mps.v20190612.models.S3InputInfo;
import com.tencentcloudapi.mps.v20190612.models.S3OutputStorage;
import com.tencentcloudapi.mps.v20190612.models.TaskOutputStorage;

/** Requests whose media is in {@link TestBuckets}, in the two ways that Tencent's API has. */
final class BucketRequests {
  static final String COS_IN = "films-1250000000";
  static final String COS_OUT = "packaged-1250000000";

  /** A bucket that the configuration knows and the store does not. */
  static final String COS_NOWHERE = "nowhere-1250000000";

  static final String S3_REGION = "eu-west-3";

  private BucketRequests() {}

  /** Buckets of COS, which the configuration puts elsewhere. */
  static ProcessMediaRequest cos(ProcessMediaRequest request, String object) {
    request.setInputInfo(cosInput(COS_IN, object));
    CosOutputStorage bucket = new CosOutputStorage();
    bucket.setBucket(COS_OUT);
    bucket.setRegion(MpsRig.REGION);
    TaskOutputStorage output = new TaskOutputStorage();
    output.setType("COS");
    output.setCosOutputStorage(bucket);
    request.setOutputStorage(output);
    return request;
  }

  /** An object of a bucket of COS. */
  static MediaInputInfo cosInput(String bucket, String object) {
    CosInputInfo cos = new CosInputInfo();
    cos.setBucket(bucket);
    cos.setRegion(MpsRig.REGION);
    cos.setObject("/" + object);
    MediaInputInfo input = new MediaInputInfo();
    input.setType("COS");
    input.setCosInputInfo(cos);
    return input;
  }

  /** Buckets of S3, with credentials of the request. */
  static ProcessMediaRequest s3(
      ProcessMediaRequest request, String object, String region, String secret) {
    S3InputInfo s3 = new S3InputInfo();
    s3.setS3Bucket(TestBuckets.IN);
    s3.setS3Region(region);
    s3.setS3Object(object);
    s3.setS3SecretId(TestBuckets.KEY_ID);
    s3.setS3SecretKey(secret);
    MediaInputInfo input = new MediaInputInfo();
    input.setType("AWS-S3");
    input.setS3InputInfo(s3);
    request.setInputInfo(input);
    S3OutputStorage bucket = new S3OutputStorage();
    bucket.setS3Bucket(TestBuckets.OUT);
    bucket.setS3Region(region);
    bucket.setS3SecretId(TestBuckets.KEY_ID);
    bucket.setS3SecretKey(secret);
    TaskOutputStorage output = new TaskOutputStorage();
    output.setType("AWS-S3");
    output.setS3OutputStorage(bucket);
    request.setOutputStorage(output);
    return request;
  }
}
