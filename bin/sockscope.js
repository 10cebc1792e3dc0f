#!/usr/bin/env node
'use strict'
require('../dist/sockscope.cjs').main(process.argv)
