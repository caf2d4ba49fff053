// Drives the server with @azure/batch: url, account and key are the arguments.
const { BatchServiceClient, BatchSharedKeyCredentials } = require("@azure/batch");

const [url, account, key] = process.argv.slice(2);
const client = new BatchServiceClient(new BatchSharedKeyCredentials(account, key), url);

function check(holds, what) {
    if (!holds) {
        throw new Error(what);
    }
}

async function until(what, condition) {
    for (let tries = 0; !(await condition()); tries++) {
        check(tries < 600, what);
        await new Promise(resolve => setTimeout(resolve, 100));
    }
}

async function main() {
    await client.pool.add({
        id: "js", vmSize: "standard_d2s_v3", targetDedicatedNodes: 1, taskSlotsPerNode: 2,
        virtualMachineConfiguration: {
            imageReference: { publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server" }, nodeAgentSKUId: "batch.node.ubuntu 24.04",
        },
    });
    check((await client.pool.exists("js")).body, "the pool is there");
    await client.job.add({ id: "jsjob", poolInfo: { poolId: "js" } });
    const value = [0, 1, 2].map(i => ({ id: `t${i}`, commandLine: `/bin/sh -c 'echo result ${i}; exit ${i === 2 ? 3 : 0}'` }));
    const added = await client.task.addCollection("jsjob", value);
    check(added.value.every(result => result.status.toLowerCase() === "success"), JSON.stringify(added.value));
    await client.job.add({ id: "jsjob", poolInfo: { poolId: "js" } }).then(
        () => check(false, "the job was added twice"),
        error => check(error.body.code === "JobExists", JSON.stringify(error)));
    await until("tasks complete", async () => (await client.task.list("jsjob")).every(task => task.state === "completed"));

    const first = await client.task.list("jsjob", { taskListOptions: { maxResults: 2 } });
    const second = await client.task.listNext(first.odatanextLink);
    check([...first, ...second].map(task => task.id).join() === "t0,t1,t2", "pages");
    const failed = await client.task.list("jsjob", { taskListOptions: { filter: "executionInfo/exitCode ne 0" } });
    check(failed.length === 1 && failed[0].executionInfo.failureInfo.code === "FailureExitCode", "the failed task");
    const counts = await client.job.getTaskCounts("jsjob");
    check(counts.taskCounts.succeeded === 2 && counts.taskCounts.failed === 1, "counts");
    const file = await client.file.getFromTask("jsjob", "t1", "stdout.txt");
    const chunks = [];
    for await (const chunk of file.readableStreamBody) {
        chunks.push(Buffer.from(chunk));
    }

    check(Buffer.concat(chunks).toString() === "result 1\n", "the output");
    check((await client.computeNode.list("js")).length === 1, "one node");
    await client.job.deleteMethod("jsjob");
    await client.pool.deleteMethod("js");
    await until("all gone", async () => !(await client.pool.exists("js")).body && (await client.job.list()).length === 0);
    console.log("all done");
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
