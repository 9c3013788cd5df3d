using Sekisho.Cli;

return await CommandLine.Run(args);
