// The worker of a page.
importScripts('program.js');
