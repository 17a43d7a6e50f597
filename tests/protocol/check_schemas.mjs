// Holds the golden frames against the AsyncAPI document, and, with `--recorded FILE.jsonl`, what went
// over a running server's socket and HTTP against both documents. A line of such a file is
//   {"direction":"send"|"receive","frame":{…},"connection"?:any}      as the client sees it, or
//   {"method","path","status","body"?,"request"?}
// Exits 1 and says what does not fit.
import { readFileSync } from 'node:fs';
import { Http, load_documents, load_examples, standing_faults, Wire } from './schemas.js';

const documents = load_documents();
const wire = new Wire(documents.asyncapi);
const http = new Http(documents.openapi);
const examples = load_examples();
const faults = standing_faults(documents, wire, http, examples);

function check_recorded(file) {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const frames = lines.filter((line) => 'direction' in line);
  wire.recorded_faults(frames).forEach((fault, index) => {
    if (fault) faults.push(`${file}: ${fault}\n    ${JSON.stringify(frames[index]).slice(0, 400)}`);
  });
  for (const line of lines.filter((each) => !('direction' in each))) {
    const fault = http.fault(line);
    if (fault) faults.push(`${file}: ${fault}\n    ${JSON.stringify(line).slice(0, 400)}`);
  }
  if (lines.length === 0) faults.push(`${file}: nothing was recorded`);
  return lines.length;
}

const args = process.argv.slice(2);
let recorded = 0;
while (args.length > 0) {
  const [option, file] = args.splice(0, 2);
  if (option !== '--recorded' || !file) {
    console.error('usage: check_schemas.mjs [--recorded FILE.jsonl]…');
    process.exit(2);
  }
  recorded += check_recorded(file);
}
for (const fault of faults) console.error(fault);
console.log(`${examples.length} examples and ${recorded} recorded lines, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
