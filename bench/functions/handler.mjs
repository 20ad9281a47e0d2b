// The least that does the HTTP work of the verifier's first answer on Lambda: asks the Runtime API for an event, reads
// the JSON in it and the quote in that, and answers JSON with CORS headers. It verifies nothing.
import { createHash } from "node:crypto";

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

for (;;) {
  const next = await fetch(`${api}/next`);
  const id = next.headers.get("lambda-runtime-aws-request-id");
  const event = await next.json();
  const text = event.isBase64Encoded ? Buffer.from(event.body, "base64").toString() : event.body;
  const quote = Buffer.from(JSON.parse(text).attestation.quoteB64, "base64");
  const answer = { attestation: { sha256: createHash("sha256").update(quote).digest("hex") } };
  const response = {
    statusCode: 200,
    headers: { "content-type": "application/json", "access-control-allow-origin": "*" },
    cookies: [],
    body: JSON.stringify(answer),
    isBase64Encoded: false,
  };
  await fetch(`${api}/${id}/response`, { method: "POST", body: JSON.stringify(response) });
}
