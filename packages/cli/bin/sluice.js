#!/usr/bin/env node
// It is there before anything is built, so that it can be linked when the house is set up.
import "../dist/main.js";
