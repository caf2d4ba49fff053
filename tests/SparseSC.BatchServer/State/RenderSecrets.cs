using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.State;

/// <summary>Passwords and keys go in and never come out, as with the service.</summary>
internal static class RenderSecrets
{
    private static readonly string[] Names = ["password", "sshPrivateKey", "accountKey", "sasKey", "protectedSettings"];

    public static void Remove(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (string name in Names)
                {
                    item.Remove(name);
                }

                foreach ((_, JsonNode? value) in item)
                {
                    Remove(value);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? value in list)
                {
                    Remove(value);
                }

                break;
        }
    }
}
