# Drives the server with Debian's azure.batch: url, account and key are the arguments.
import sys
import time

from azure.batch import BatchServiceClient
from azure.batch import models
from azure.batch.batch_auth import SharedKeyCredentials

url, account, key = sys.argv[1:]
client = BatchServiceClient(SharedKeyCredentials(account, key), batch_url=url)

image = models.ImageReference(publisher="canonical", offer="ubuntu-24_04-lts", sku="server", version="latest")
assert any(found.node_agent_sku_id == "batch.node.ubuntu 24.04" for found in client.account.list_supported_images())
client.pool.add(models.PoolAddParameter(
    id="py", vm_size="standard_d2s_v3", target_dedicated_nodes=1, task_slots_per_node=2,
    virtual_machine_configuration=models.VirtualMachineConfiguration(image_reference=image, node_agent_sku_id="batch.node.ubuntu 24.04")))
assert client.pool.exists("py")
client.job.add(models.JobAddParameter(id="pyjob", pool_info=models.PoolInformation(pool_id="py"), uses_task_dependencies=True))
tasks = [models.TaskAddParameter(id="t%d" % i, command_line="/bin/sh -c 'echo result %d; exit %d'" % (i, 3 if i == 2 else 0)) for i in range(5)]
tasks.append(models.TaskAddParameter(id="last", command_line="/bin/sh -c 'printf abcdefgh > \"a file.txt\"'",
                                     depends_on=models.TaskDependencies(task_ids=["t0", "t1"])))
added = client.task.add_collection("pyjob", tasks)
assert all(result.status == models.TaskAddStatus.success for result in added.value), added

try:
    client.job.add(models.JobAddParameter(id="pyjob", pool_info=models.PoolInformation(pool_id="py")))
    raise AssertionError("the job was added twice")
except models.BatchErrorException as error:
    assert error.error.code == "JobExists", error.error.code

deadline = time.time() + 60
while any(task.state != models.TaskState.completed for task in client.task.list("pyjob")):
    assert time.time() < deadline
    time.sleep(0.1)

paged = [task.id for task in client.task.list("pyjob", models.TaskListOptions(max_results=2))]
assert sorted(paged) == ["last", "t0", "t1", "t2", "t3", "t4"], paged
failed = list(client.task.list("pyjob", models.TaskListOptions(filter="executionInfo/exitCode ne 0", select="id,executionInfo")))
assert [task.id for task in failed] == ["t2"] and failed[0].execution_info.failure_info.code == "FailureExitCode"
counts = client.job.get_task_counts("pyjob").task_counts
assert (counts.completed, counts.succeeded, counts.failed) == (6, 5, 1), counts
assert b"".join(client.file.get_from_task("pyjob", "t1", "stdout.txt")) == b"result 1\n"
options = models.FileGetFromTaskOptions(ocp_range="bytes=2-4")
assert b"".join(client.file.get_from_task("pyjob", "last", "wd/a file.txt", options)) == b"cde"
properties = client.file.get_properties_from_task("pyjob", "last", "wd/a file.txt", raw=True)
assert properties.headers["Content-Length"] == 8, properties.headers
assert "wd/a file.txt" in [found.name for found in client.file.list_from_task("pyjob", "last", recursive=True)]
client.task.reactivate("pyjob", "t2")
client.task.delete("pyjob", "t0")
client.job.patch("pyjob", models.JobPatchParameter(on_all_tasks_complete="terminatejob"))
while client.job.get("pyjob").state != models.JobState.completed:
    assert time.time() < deadline
    time.sleep(0.1)

assert len(list(client.compute_node.list("py"))) == 1
client.job.delete("pyjob")
client.pool.delete("py")
while client.pool.exists("py") or list(client.job.list()):
    assert time.time() < deadline
    time.sleep(0.1)

print("all done")
