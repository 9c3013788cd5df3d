Console.Error.WriteLine("sekisho");
return 2;
