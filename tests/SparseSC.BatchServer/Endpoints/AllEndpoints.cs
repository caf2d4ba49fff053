using SparseSC.BatchServer.AutoScaling;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Endpoints;

internal static class AllEndpoints
{
    public static void Map(Routes routes, Account account, Scheduler scheduler, AutoScaler scaler, FaultEngine faults)
    {
        new AccountEndpoints(account).Map(routes);
        new PoolEndpoints(account, scheduler, scaler).Map(routes);
        new PoolSizeEndpoints(account, scheduler, scaler).Map(routes);
        new NodeEndpoints(account, scheduler).Map(routes);
        new JobEndpoints(account, scheduler, scaler).Map(routes);
        new TaskEndpoints(account, scheduler).Map(routes);
        new TaskAddEndpoints(account, scheduler, faults).Map(routes);
        new FileEndpoints(account).Map(routes);
    }
}
