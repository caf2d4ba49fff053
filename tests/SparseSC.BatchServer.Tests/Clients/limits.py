# What the service refuses and what it takes, with Debian's azure.batch: url, account, key, a container and an identity are the arguments.
import sys
import time
from datetime import timedelta

from azure.batch import BatchServiceClient
from azure.batch import models
from azure.batch.batch_auth import SharedKeyCredentials
from azure.batch.custom.custom_errors import CreateTasksErrorException

url, account, key, container, identity = sys.argv[1:]
client = BatchServiceClient(SharedKeyCredentials(account, key), batch_url=url)


def refused(status, code, call):
    try:
        call()
    except models.BatchErrorException as error:
        assert (error.response.status_code, error.error.code) == (status, code), (status, code, error.response.status_code, error.error.code)
        return
    raise AssertionError("%s was taken" % code)


def pool(size="standard_d2s_v3", sku="server", agent="batch.node.ubuntu 24.04", **more):
    image = models.ImageReference(publisher="canonical", offer="ubuntu-24_04-lts", sku=sku, version="latest")
    more.setdefault("target_dedicated_nodes", 1)
    return lambda: client.pool.add(models.PoolAddParameter(
        id="limits", vm_size=size, virtual_machine_configuration=models.VirtualMachineConfiguration(image_reference=image, node_agent_sku_id=agent), **more))


def job(name="limits", **more):
    more.setdefault("pool_info", models.PoolInformation(pool_id="limits"))
    return lambda: client.job.add(models.JobAddParameter(id=name, **more))


def task(name, command="true", **more):
    return lambda: client.task.add("limits", models.TaskAddParameter(id=name, command_line=command, **more))


def files(*found):
    return {"resource_files": [models.ResourceFile(**file) for file in found]}


for wrong in (dict(size="standard_d3s_v3"), dict(sku="none"), dict(agent="batch.node.ubuntu 22.04"), dict(task_slots_per_node=9), dict(display_name="n" * 1025),
              dict(resize_timeout=timedelta(minutes=4)), dict(target_dedicated_nodes=-1)):
    refused(400, "InvalidPropertyValue", pool(**wrong))
refused(404, "NodeAgentSKUNotFound", pool(agent="batch.node.none"))

refused(400, "OutOfRangePriority", job(priority=1001))
refused(400, "InvalidPropertyValue", job(max_parallel_tasks=0))
refused(400, "MissingRequiredProperty", job(pool_info=models.PoolInformation()))
own = models.AutoPoolSpecification(auto_pool_id_prefix="p" * 21, pool_lifetime_option="job")
refused(400, "InvalidPropertyValue", job(pool_info=models.PoolInformation(auto_pool_specification=own)))
own.auto_pool_id_prefix = "p"
refused(400, "InvalidPropertyValue", job(pool_info=models.PoolInformation(pool_id="limits", auto_pool_specification=own)))

# The job is taken before its pool is there.
job()()
refused(400, "InvalidPropertyValue", task("t", command=""))
refused(400, "InvalidPropertyValue", task("t", constraints=models.TaskConstraints(max_task_retry_count=-2)))
refused(400, "TaskDependenciesNotSpecifiedOnJob", task("t", depends_on=models.TaskDependencies(task_ids=["x"])))
refused(400, "InvalidPropertyValue", task("t", **files(dict(http_url="http://h/x", storage_container_url="http://h/c", file_path="x"))))
refused(400, "MissingRequiredProperty", task("t", **files(dict(http_url="http://h/x"))))
refused(400, "InvalidPropertyValue", task("t", **files(dict(http_url="http://h/x", file_path="x", file_mode="rwx"))))
refused(400, "InvalidPropertyValue", task("t", **files(*[dict(http_url="http://h/c?" + "s" * 450, file_path="f%d" % i) for i in range(70)])))
try:
    client.task.add_collection("limits", [models.TaskAddParameter(id=name, command_line=command) for name, command in (("good", "true"), ("bad", ""))])
    raise AssertionError("an empty command was taken")
except CreateTasksErrorException as error:
    assert [(failed.task_id, failed.error.code) for failed in error.failure_tasks] == [("bad", "InvalidPropertyValue")], error
assert client.task.get("limits", "good").state == models.TaskState.active

refused(400, "InvalidQueryParameterValue", lambda: list(client.task.list("limits", models.TaskListOptions(filter="exitCode eq 0"))))
refused(400, "InvalidQueryParameterValue", lambda: list(client.task.list("limits", models.TaskListOptions(select="id,exitCode"))))
refused(400, "InvalidQueryParameterValue", lambda: list(client.job.list(models.JobListOptions(expand="tasks"))))
refused(400, "InvalidQueryParameterValue", lambda: list(client.pool.list(models.PoolListOptions(filter="state eq 'gone'"))))

task("results", "/bin/sh -c 'cat got/in/*'", **files(dict(storage_container_url=container, blob_prefix="in/", file_path="got")))()
node = models.ComputeNodeIdentityReference(resource_id=identity)
bare = container.split("?")[0]
task("identity", "cat word", **files(dict(http_url=bare + "/in/a", file_path="word", identity_reference=node)))()
assert client.task.get("limits", "results").state == models.TaskState.active

pool()()
deadline = time.time() + 60
while any(found.state != models.TaskState.completed for found in client.task.list("limits")):
    assert time.time() < deadline
    time.sleep(0.1)
assert b"".join(client.file.get_from_task("limits", "results", "stdout.txt")) == b"ab"
assert b"".join(client.file.get_from_task("limits", "identity", "stdout.txt")) == b"a"
refused(409, "TaskCompleted", lambda: client.task.terminate("limits", "results"))
refused(409, "TaskSucceeded", lambda: client.task.reactivate("limits", "results"))

task("long", "sleep 600", constraints=models.TaskConstraints(max_wall_clock_time=timedelta(seconds=5)))()
while client.task.get("limits", "long").state != models.TaskState.running:
    assert time.time() < deadline
    time.sleep(0.1)
client.pool.resize("limits", models.PoolResizeParameter(target_dedicated_nodes=0, node_deallocation_option="taskcompletion"))
refused(409, "PoolBeingResized", lambda: client.pool.resize("limits", models.PoolResizeParameter(target_dedicated_nodes=2)))
while client.task.get("limits", "long").state != models.TaskState.completed:
    assert time.time() < deadline
    time.sleep(0.1)
assert client.task.get("limits", "long").execution_info.failure_info.code == "TaskEnded"

client.job.delete("limits")
client.pool.delete("limits")
print("all done")
