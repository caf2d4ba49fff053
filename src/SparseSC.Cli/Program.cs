using SparseSC.Cli;
using SparseSC.Cli.Hosting;

using CliHost host = CliHost.FromConsole();
using Signals signals = Signals.CancelOnInterrupt(host);
return CliApplication.Run(args, host);
