// Puts the load of the lab's HTTP experiments on a service elsewhere, by k6.
//
// TARGET    address of the service, such as http://10.0.0.7:8080
// WORKLOAD  text or orders (http-cpu), crud (postgres-crud), sessions (tail-latency)
// RATE      iterations a second; crud sends four requests in each
// DURATION  such as 60s
// SESSIONS  how many the service of tail-latency was started with
import http from "k6/http";
import exec from "k6/execution";
import { check } from "k6";

const target = __ENV.TARGET || "http://127.0.0.1:8080";
const workload = __ENV.WORKLOAD || "text";
const rate = Number(__ENV.RATE || 2000);
const sessions = Number(__ENV.SESSIONS || 200000);
const json = { headers: { "Content-Type": "application/json" } };

const order = {
  customer: "Ada",
  lines: [
    { sku: "tea-250", quantity: 2, price_cents: 450 },
    { sku: "pot-1", quantity: 1, price_cents: 2900 },
  ],
};
const receipt = { customer: "Ada", skus: ["tea-250", "pot-1"], total_cents: 3800 };

// Each URL has one name in the figures, whatever number is in it.
function named(name, parameters = {}) {
  return { ...parameters, tags: { name } };
}

function must(response, status, body) {
  check(response, {
    status: (answer) => answer.status === status,
    body: (answer) => body === undefined || answer.body === body,
  });
}

const workloads = {
  text() {
    must(http.get(`${target}/text`), 200, "Hello, world!");
  },

  orders() {
    const answer = http.post(`${target}/orders`, JSON.stringify(order), json);
    must(answer, 200, JSON.stringify(receipt));
  },

  crud() {
    const item = JSON.stringify({ name: "tea", quantity: 3 });
    const created = http.post(`${target}/items`, item, json);
    must(created, 201);
    const url = `${target}${created.headers.Location}`;
    must(http.get(url, named("/items/{id}")), 200, created.body);
    must(http.put(url, item, named("/items/{id}", json)), 200, created.body);
    must(http.del(url, null, named("/items/{id}")), 204);
  },

  sessions() {
    const turn = exec.scenario.iterationInTest;
    const id = 1 + Math.floor(Math.random() * sessions);
    const url = `${target}/sessions/${id}`;
    if (turn % 2 === 0) {
      must(http.get(url, named("/sessions/{id}")), 200);
      return;
    }
    const items = Array.from({ length: 8 }, (_, index) => `item ${index + 1} of ${id}`);
    const session = JSON.stringify({ user: `user ${id}`, items });
    must(http.put(url, session, named("/sessions/{id}", json)), 204);
  },
};

// An arrival rate is an open model: an answer that is late delays no other request. An iteration
// that finds no free virtual user is dropped; one is enough to fail the run.
export const options = {
  scenarios: {
    paced: {
      executor: "constant-arrival-rate",
      rate,
      timeUnit: "1s",
      duration: __ENV.DURATION || "60s",
      preAllocatedVUs: 64,
      maxVUs: 1024,
    },
  },
  thresholds: {
    checks: ["rate==1"],
    dropped_iterations: ["count==0"],
    http_req_failed: ["rate==0"],
  },
  summaryTrendStats: ["med", "p(99)", "p(99.9)", "max"],
};

export default workloads[workload];
