// Plays a job's output. Addresses: /player?job=ID[&format=dash|hls], or
// /player?manifest=PATH[&license=PATH] for output that no job of this service made.
// window.keymux holds what tests and curious people want to know.

const query = new URLSearchParams(location.search);
const video = document.getElementById('video');
const state = {
  loaded: false,
  error: null,
  errorCode: 0,
  get currentTime() {
    return video.currentTime;
  },
  get decodedFrames() {
    return video.getVideoPlaybackQuality().totalVideoFrames;
  },
  get droppedFrames() {
    return video.getVideoPlaybackQuality().droppedVideoFrames;
  },
};
window.keymux = state;

function text(id, value) {
  document.getElementById(id).textContent = String(value);
}

function fail(message, code = -1) {
  state.error = message;
  state.errorCode = code;
  const box = document.getElementById('error');
  box.textContent = message;
  box.hidden = false;
  text('state', 'failed');
}

function describe(error) {
  const name = Object.entries(shaka.util.Error.Code).find(([, code]) => code === error.code);
  return `shaka-player error ${error.code} (${name ? name[0] : 'unknown'})`;
}

function cell(row, value) {
  row.insertCell().textContent = String(value);
}

function showTracks(tracks) {
  const body = document.getElementById('tracks');
  body.replaceChildren();
  for (const track of tracks) {
    const row = body.insertRow();
    cell(row, track.name);
    cell(row, track.type);
    cell(row, track.codecs);
    cell(row, track.width ? `${track.width}×${track.height}` : track.channels ? `${track.channels} ch` : '');
    cell(row, `${Math.round(track.averageBitrate / 1000)} kbit/s`);
    cell(row, track.keyId ?? 'clear');
  }
}

async function outputs() {
  if (query.has('manifest')) {
    const manifest = query.get('manifest');
    const hls = manifest.endsWith('.m3u8');
    return {dash: hls ? null : manifest, hls: hls ? manifest : null, report: {}};
  }
  const job = query.get('job');
  if (!job) {
    throw new Error('The address names no job: /player?job=ID');
  }
  const response = await fetch(`/v1/jobs/${encodeURIComponent(job)}/outputs`);
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.detail ?? `The service answered ${response.status}.`);
  }
  return body;
}

function choose(found) {
  const wanted = query.get('format') ?? (found.dash ? 'dash' : 'hls');
  for (const input of document.querySelectorAll('input[name=format]')) {
    input.checked = input.value === wanted;
    input.disabled = !found[input.value];
    input.addEventListener('change', () => {
      query.set('format', input.value);
      location.search = query.toString();
    });
  }
  if (!found[wanted]) {
    throw new Error(`The job has no ${wanted} output.`);
  }
  return found[wanted];
}

async function play(manifest) {
  shaka.polyfill.installAll();
  if (!shaka.Player.isBrowserSupported()) {
    throw new Error('This browser lacks Media Source Extensions or Encrypted Media Extensions.');
  }
  const player = new shaka.Player();
  await player.attach(video);
  state.player = player;
  player.addEventListener('error', (event) => fail(describe(event.detail), event.detail.code));
  player.configure({
    drm: {servers: {'org.w3.clearkey': query.get('license') ?? '/clearkey'}},
    streaming: {retryParameters: {maxAttempts: 2}},
  });
  try {
    await player.load(manifest);
  } catch (error) {
    fail(describe(error), error.code);
    return;
  }
  state.loaded = true;
  text('state', 'loaded');
  text('keySystem', player.keySystem() || 'none');
  try {
    await video.play();
  } catch (error) {
    text('state', `press play (${error.name})`);
  }
}

setInterval(() => {
  text('frames', state.decodedFrames);
  text('time', state.currentTime.toFixed(1));
  document.body.dataset.decodedFrames = String(state.decodedFrames);
  document.body.dataset.currentTime = String(state.currentTime);
  document.body.dataset.errorCode = String(state.errorCode);
  if (!state.error && state.loaded && !video.paused) {
    text('state', 'playing');
  }
}, 200);

try {
  const found = await outputs();
  document.getElementById('title').textContent = found.report.contentId ?? 'Player';
  showTracks(found.report.tracks ?? []);
  const manifest = choose(found);
  text('manifest', new URL(manifest, location.href).href);
  await play(manifest);
} catch (error) {
  fail(error.message);
}
