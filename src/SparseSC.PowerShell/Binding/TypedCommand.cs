using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>The command that a cmdlet is part of, as it was typed.</summary>
internal static class TypedCommand
{
    /// <summary>
    /// The whole pipeline, over as many lines as it has; <c>null</c> where there is no text, as when a program calls the cmdlet.
    /// </summary>
    /// <remarks>
    /// What a cmdlet is told of its invocation is the one line that its own name stands on; the call stack knows the statement.
    /// </remarks>
    public static string? Of(PSCmdlet cmdlet)
    {
        string line = cmdlet.MyInvocation.Line.Trim();
        return cmdlet.InvokeCommand.InvokeScript("Get-PSCallStack")
            .Select(frame => (frame.BaseObject as CallStackFrame)?.Position?.Text)
            .FirstOrDefault(text => text?.Contains(cmdlet.MyInvocation.InvocationName, StringComparison.OrdinalIgnoreCase) == true)
            ?? (line.Length == 0 ? null : line);
    }
}
