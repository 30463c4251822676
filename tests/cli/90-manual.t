#!/bin/sh
# Plan: every console block of the manual and the README does what it says.
exec tools/run-manual.pl docs/manual/*.md
