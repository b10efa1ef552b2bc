// Lists the newest jobs and keeps the list fresh.

function link(parent, href, label) {
  const a = document.createElement('a');
  a.href = href;
  a.textContent = label;
  parent.append(a, ' ');
}

function show(jobs) {
  const body = document.getElementById('jobs');
  body.replaceChildren();
  document.getElementById('none').hidden = jobs.length > 0;
  for (const job of jobs) {
    const row = body.insertRow();
    link(row.insertCell(), `/v1/jobs/${encodeURIComponent(job.id)}`, job.id);
    row.insertCell().textContent = job.problem ? `${job.state}: ${job.problem.detail}` : job.state;
    row.insertCell().textContent = `${job.progress.percent} %`;
    row.insertCell().textContent = new Date(job.createdAt).toLocaleString();
    const links = row.insertCell();
    if (job.state === 'succeeded') {
      link(links, `/player?job=${encodeURIComponent(job.id)}`, 'play');
      link(links, `/v1/jobs/${encodeURIComponent(job.id)}/outputs`, 'outputs');
    }
  }
}

async function refresh() {
  const error = document.getElementById('error');
  try {
    const response = await fetch('/v1/jobs?limit=50');
    show((await response.json()).items);
    error.hidden = true;
  } catch {
    error.textContent = 'The service does not answer.';
    error.hidden = false;
  }
}

await refresh();
setInterval(refresh, 2000);
