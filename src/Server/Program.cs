using Sekisho.Server;

var app = await Site.Build(args);
await app.RunAsync();
