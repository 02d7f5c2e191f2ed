import { parentPort } from 'node:worker_threads';
import { type Task, carryOut } from './task.ts';

parentPort!.on('message', (task: Task) => {
  void carryOut(task).then((findings) => parentPort!.postMessage(findings));
});
