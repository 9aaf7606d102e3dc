console.log("ssert");
