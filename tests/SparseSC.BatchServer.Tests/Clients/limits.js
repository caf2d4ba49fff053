// What the service refuses and what it takes, with @azure/batch: url, account, key, a container and an identity are the arguments.
const { BatchServiceClient, BatchSharedKeyCredentials } = require("@azure/batch");

const [url, account, key, container, identity] = process.argv.slice(2);
const client = new BatchServiceClient(new BatchSharedKeyCredentials(account, key), url);

function check(holds, what) {
    if (!holds) {
        throw new Error(what);
    }
}

async function refused(status, code, call) {
    const error = await call().then(() => null, problem => problem);
    check(error, `${code} was taken`);
    check(error.statusCode === status && error.body && error.body.code === code, `${status} ${code}: ${JSON.stringify(error)}`);
}

async function until(what, condition) {
    for (let tries = 0; !(await condition()); tries++) {
        check(tries < 600, what);
        await new Promise(resolve => setTimeout(resolve, 100));
    }
}

function pool(change = {}, image = {}, agent = "batch.node.ubuntu 24.04") {
    return () => client.pool.add({
        id: "limits", vmSize: "standard_d2s_v3", targetDedicatedNodes: 1,
        virtualMachineConfiguration: { imageReference: { publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server", ...image }, nodeAgentSKUId: agent },
        ...change,
    });
}

const job = (change = {}) => () => client.job.add({ id: "limits", poolInfo: { poolId: "limits" }, ...change });
const task = (id, change = {}) => () => client.task.add("limits", { id, commandLine: "true", ...change });
const completed = id => async () => (await client.task.get("limits", id)).state === "completed";

async function text(id) {
    const chunks = [];
    for await (const chunk of (await client.file.getFromTask("limits", id, "stdout.txt")).readableStreamBody) {
        chunks.push(Buffer.from(chunk));
    }

    return Buffer.concat(chunks).toString();
}

async function main() {
    for (const wrong of [{ vmSize: "standard_d3s_v3" }, { taskSlotsPerNode: 9 }, { displayName: "n".repeat(1025) }, { resizeTimeout: "PT4M" }, { targetDedicatedNodes: -1 }]) {
        await refused(400, "InvalidPropertyValue", pool(wrong));
    }

    await refused(400, "InvalidPropertyValue", pool({}, { sku: "none" }));
    await refused(400, "InvalidPropertyValue", pool({}, {}, "batch.node.ubuntu 22.04"));
    await refused(404, "NodeAgentSKUNotFound", pool({}, {}, "batch.node.none"));

    const own = { autoPoolIdPrefix: "p", poolLifetimeOption: "job" };
    await refused(400, "OutOfRangePriority", job({ priority: -1001 }));
    await refused(400, "InvalidPropertyValue", job({ maxParallelTasks: 0 }));
    await refused(400, "MissingRequiredProperty", job({ poolInfo: {} }));
    await refused(400, "InvalidPropertyValue", job({ poolInfo: { poolId: "limits", autoPoolSpecification: own } }));
    await refused(400, "InvalidPropertyValue", job({ poolInfo: { autoPoolSpecification: { ...own, autoPoolIdPrefix: "p".repeat(21) } } }));

    // The job is taken before its pool is there.
    await job()();
    await refused(400, "InvalidPropertyValue", task("t", { commandLine: "" }));
    await refused(400, "InvalidPropertyValue", task("t", { constraints: { maxTaskRetryCount: -2 } }));
    await refused(400, "TaskDependenciesNotSpecifiedOnJob", task("t", { dependsOn: { taskIds: ["x"] } }));
    await refused(400, "InvalidPropertyValue", task("t", { resourceFiles: [{ httpUrl: "http://h/x", storageContainerUrl: "http://h/c", filePath: "x" }] }));
    await refused(400, "MissingRequiredProperty", task("t", { resourceFiles: [{ httpUrl: "http://h/x" }] }));
    await refused(400, "InvalidPropertyValue", task("t", { resourceFiles: [{ httpUrl: "http://h/x", filePath: "x", fileMode: "rwx" }] }));
    const many = [...Array(70).keys()].map(i => ({ httpUrl: `http://h/c?${"s".repeat(450)}`, filePath: `f${i}` }));
    await refused(400, "InvalidPropertyValue", task("t", { resourceFiles: many }));
    const added = await client.task.addCollection("limits", [{ id: "good", commandLine: "true" }, { id: "bad", commandLine: "" }]);
    check(added.value.map(result => result.status.toLowerCase()).join() === "success,clienterror", JSON.stringify(added.value));

    await refused(400, "InvalidQueryParameterValue", () => client.task.list("limits", { taskListOptions: { filter: "exitCode eq 0" } }));
    await refused(400, "InvalidQueryParameterValue", () => client.task.list("limits", { taskListOptions: { select: "id,exitCode" } }));
    await refused(400, "InvalidQueryParameterValue", () => client.job.list({ jobListOptions: { expand: "tasks" } }));
    await refused(400, "InvalidQueryParameterValue", () => client.pool.list({ poolListOptions: { filter: "state eq 'gone'" } }));

    const bare = container.split("?")[0];
    await task("results", { commandLine: "/bin/sh -c 'cat got/in/*'", resourceFiles: [{ storageContainerUrl: container, blobPrefix: "in/", filePath: "got" }] })();
    await task("identity", {
        commandLine: "cat word", resourceFiles: [{ httpUrl: `${bare}/in/a`, filePath: "word", identityReference: { resourceId: identity } }],
    })();
    check((await client.task.get("limits", "results")).state === "active", "the task waits for the pool");

    await pool()();
    await until("both complete", async () => await completed("results")() && await completed("identity")());
    check(await text("results") === "ab" && await text("identity") === "a", "what was brought");
    await refused(409, "TaskCompleted", () => client.task.terminate("limits", "results"));
    await refused(409, "TaskSucceeded", () => client.task.reactivate("limits", "results"));

    await task("long", { commandLine: "sleep 600", constraints: { maxWallClockTime: "PT5S" } })();
    await until("it runs", async () => (await client.task.get("limits", "long")).state === "running");
    await client.pool.resize("limits", { targetDedicatedNodes: 0, nodeDeallocationOption: "taskcompletion" });
    await refused(409, "PoolBeingResized", () => client.pool.resize("limits", { targetDedicatedNodes: 2 }));
    await until("its time is over", completed("long"));
    check((await client.task.get("limits", "long")).executionInfo.failureInfo.code === "TaskEnded", "how it ended");

    await client.job.deleteMethod("limits");
    await client.pool.deleteMethod("limits");
    console.log("all done");
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
