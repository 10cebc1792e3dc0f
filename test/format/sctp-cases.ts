/** SCTP, and ForCES in it. Made by hand, with what tcpdump 4.99.3 prints. */
import type { PayloadCase } from './payload.js'

export const SCTP_CASES: readonly PayloadCase[] = [
  {
    why: 'ForCES association setup', ip: 132, before: '10.0.0.2.6704: ', verbose: 2,
    payload:
      '9c401a30000000070000000000030070000000010002000300000015100100180000000240000001000000000000002a00000000100000240000000200000001000b0018011000140000000100000001' +
      '0112000861626364100000240000000100000001000b00180110001400000001000000010112000861626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Setup \n\tForCES Version 1 len 96B flags 0x00000000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  NoACK(0x0), prio=0, EMReserved(0x0),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n',
  },
  {
    why: 'ForCES association setup, empty', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a30000000070000000000030028000000010002000300000015100100060000000240000001000000000000002af8c00000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Setup \n\tForCES Version 1 len 24B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n',
  },
  {
    why: 'ForCES association response', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030030000000010002000300000015101100080000000240000001000000000000002af8c0000000100008000000000003003000000001000200030000001510110008' +
      '0000000240000001000000000000002af8c00000001000080000000100030030000000010002000300000015101100080000000240000001000000000000002af8c00000001000080000000200030030' +
      '000000010002000300000015101100080000000240000001000000000000002af8c00000001000080000000300030030000000010002000300000015101100080000000240000001000000000000002a' +
      'f8c000000010000800000004',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Response \n' +
      '\tForCES Version 1 len 32B flags 0xf8c00000 \n\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n' +
      '\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n\t  Standalone(0x0), StartofTransaction(0x0)\n' +
      '\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tASResult TLV, length 8 (data length 4 Bytes)\n         Success (0)\n         \n' +
      '\t2) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Response \n\tForCES Version 1 len 32B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tASResult TLV, length 8 (data length 4 Bytes)\n' +
      '         FE ID invalid (1)\n         \n\t3) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Response \n' +
      '\tForCES Version 1 len 32B flags 0xf8c00000 \n\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n' +
      '\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n\t  Standalone(0x0), StartofTransaction(0x0)\n' +
      '\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tASResult TLV, length 8 (data length 4 Bytes)\n         permission denied (2)\n         \n' +
      '\t4) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Response \n\tForCES Version 1 len 32B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tASResult TLV, length 8 (data length 4 Bytes)\n' +
      '         Unknown (3)\n         \n\t5) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Response \n' +
      '\tForCES Version 1 len 32B flags 0xf8c00000 \n\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n' +
      '\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n\t  Standalone(0x0), StartofTransaction(0x0)\n' +
      '\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tASResult TLV, length 8 (data length 4 Bytes)illegal ASRresult result code: 4!\n\n' +
      '\t[0x0000:  1011 0008 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000 0010 0008 0000 0004\n\t]',
  },
  {
    why: 'ForCES teardown', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030030000000010002000300000015100200080000000240000001000000000000002af8c0000000110008000000000003003000000001000200030000001510020008' +
      '0000000240000001000000000000002af8c00000001100080000000100030030000000010002000300000015100200080000000240000001000000000000002af8c00000001100080000000200030030' +
      '000000010002000300000015100200080000000240000001000000000000002af8c00000001100080000000300030030000000010002000300000015100200080000000240000001000000000000002a' +
      'f8c00000001100080000000400030030000000010002000300000015100200080000000240000001000000000000002af8c0000000110008000000050003003000000001000200030000001510020008' +
      '0000000240000001000000000000002af8c000000011000800000100',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association TearDown \n' +
      '\tForCES Version 1 len 32B flags 0xf8c00000 \n\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n' +
      '\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n\t  Standalone(0x0), StartofTransaction(0x0)\n' +
      '\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tASTreason TLV, length 8 (data length 4 Bytes)Teardown reason:\n         Normal Teardown(0)\n         \n' +
      '\t2) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association TearDown \n\tForCES Version 1 len 32B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n' +
      '\tASTreason TLV, length 8 (data length 4 Bytes)Teardown reason:\n         Loss of Heartbeats(1)\n         \n' +
      '\t3) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association TearDown \n\tForCES Version 1 len 32B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n' +
      '\tASTreason TLV, length 8 (data length 4 Bytes)Teardown reason:\n         Out of bandwidth(2)\n         \n' +
      '\t4) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association TearDown \n\tForCES Version 1 len 32B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n' +
      '\tASTreason TLV, length 8 (data length 4 Bytes)Teardown reason:\n         Out of Memory(3)\n         \n' +
      '\t5) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association TearDown \n\tForCES Version 1 len 32B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n' +
      '\tASTreason TLV, length 8 (data length 4 Bytes)Teardown reason:\n         Application Crash(4)\n         \n' +
      '\t6) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association TearDown \n\tForCES Version 1 len 32B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n' +
      '\tASTreason TLV, length 8 (data length 4 Bytes)Teardown reason:\n         Unknown Teardown reason(5)\n         \n' +
      '\t7) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association TearDown \n\tForCES Version 1 len 32B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n' +
      '\tASTreason TLV, length 8 (data length 4 Bytes)illegal ASTresult result code: 256!\n\n\t[0x0000:  1002 0008 0000 0002 4000 0001 0000 0000\n' +
      '\t[0x0010:  0000 002a f8c0 0000 0011 0008 0000 0100\n\t]',
  },
  {
    why: 'ForCES teardown of wrong size', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a30000000070000000000030034000000010002000300000015100200090000000240000001000000000000002af8c000000011000c0000000100000002',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association TearDown \n' +
      '\tForCES Version 1 len 36B flags 0xf8c00000 \n\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n' +
      '\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n\t  Standalone(0x0), StartofTransaction(0x0)\n' +
      '\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tASTreason TLV, length 12 (data length 8 Bytes)illegal ASTresult-TLV: 8 bytes!\n\n' +
      '\t[0x0000:  1002 0009 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000 0011 000c 0000 0001\n\t[0x0020:  0000 0002\n\t]',
  },
  {
    why: 'ForCES response of wrong size', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a30000000070000000000030030000000010002000300000015101100080000000240000001000000000000002af8c000000010000561000000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Response \n' +
      '\tForCES Version 1 len 32B flags 0xf8c00000 \n\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n' +
      '\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n\t  Standalone(0x0), StartofTransaction(0x0)\n' +
      '\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tASResult TLV, length 5 (data length 1 Bytes)illegal ASRresult-TLV: 1 bytes!\n\n' +
      '\t[0x0000:  1011 0008 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000 0010 0005 6100 0000\n\t]',
  },
  {
    why: 'ForCES configuration', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a300000000700000000000300d0000000010002000300000015100300300000000240000001000000000000002af8c00000100000a8000000020000000100010018011000140000000100000001' +
      '01120008616263640001003401100030000000030000000100000002000000030113001c000000010000000a61620000000000020000000c636465660002001801100014000400010000000101120008' +
      '61626364000500200110000c000000010000000101100010000000020000000400000005000c000c6162636461626364000e000c6162636461626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config \n\tForCES Version 1 len 192B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 168 (data length 164 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Set(0x1) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n              FULLDATA TLV (Length 8 DataLen 4 Bytes)\n               [\n' +
      '               0x0000:  6162 6364\n               ]          Oper TLV  Set(0x1) length 52\n' +
      '           PATH-DATA TLV, length 48 (data encapsulated 44 Bytes)\n            Pathdata: Flags 0x0 ID count 3\n            ID#01: 1\n            ID#02: 2\n' +
      '            ID#03: 3\n              SPARSEDATA TLV (Length 28 DataLen 24 Bytes)\n\n               ILV: type 1 length 10\n\t\t[0x0000:  6162\n' +
      '               ILV: type 2 length 12\n\t\t[0x0000:  6364 6566          Oper TLV  SetProp(0x2) length 24\n' +
      '           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x4 ID count 1\n            TABLE APPEND\n' +
      '            ID#01: 1\n              FULLDATA TLV (Length 8 DataLen 4 Bytes)\n               [\n               0x0000:  6162 6364\n' +
      '               ]          Oper TLV  Del(0x5) length 32\n           PATH-DATA TLV, length 12 (data encapsulated 8 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n           PATH-DATA TLV, length 16 (data encapsulated 12 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 2\n            ID#01: 4\n            ID#02: 5\n          Oper TLV  Commit(0xc) length 12\n' +
      '          Oper TLV  RTRCOMP(0xe) length 12\n',
  },
  {
    why: 'ForCES configuration, inner paths', ip: 132, before: '10.0.0.2.6704: ', verbose: 2,
    payload:
      '9c401a3000000007000000000003008c0000000100020003000000151003001f0000000240000001000000000000002af8c0000010000064000000020000000100010058011000540000000100000001' +
      '01100014000000010000000101120008616263640110003400000001000000010110002800000001000000010113001c000000010000000a61620000000000020000000c63646566',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config \n\tForCES Version 1 len 124B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n',
  },
  {
    why: 'ForCES configuration response', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030094000000010002000300000015101300210000000240000001000000000000002af8c000001000006c000000020000000100030018011000140000000100000001' +
      '01140008000000000004001801100014000000010000000101140008090000000006001801100014000000010000000101140008ff000000000d00180110001400000001000000010114000817000000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config Response \n\tForCES Version 1 len 132B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 108 (data length 104 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  SetResp(0x3) length 24\n' +
      '           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              RESULT TLV (Length 8 DataLen 4 Bytes)\n                Result: SUCCESS (code 0x0)\n          Oper TLV  SetPropResp(0x4) length 24\n' +
      '           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              RESULT TLV (Length 8 DataLen 4 Bytes)\n                Result: COMPONENT DOES NOT EXIST (code 0x9)\n' +
      '          Oper TLV  DelResp(0x6) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n              RESULT TLV (Length 8 DataLen 4 Bytes)\n' +
      '                Result: UNSPECIFIED ERROR (code 0xff)\n          Oper TLV  RCommit(0xd) length 24\ngenoptlvprint - PATH-DATA TLV TLV type 0x110 len 20\n' +
      '           PATH-DATA TLV, length 20 (data length 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              RESULT TLV (Length 8 DataLen 4 Bytes)\n                Result: INTERNAL ERROR (code 0x17)\n',
  },
  {
    why: 'ForCES reserved results', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030068000000010002000300000015101300160000000240000001000000000000002af8c0000010000040000000020000000100030018011000140000000100000001' +
      '01140008180000000003001c0110001800000001000000010114000c6162636465666768',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config Response \n\tForCES Version 1 len 88B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 64 (data length 60 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  SetResp(0x3) length 24\n' +
      '           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              RESULT TLV (Length 8 DataLen 4 Bytes)\nillegal reserved result code: 0x18!\n          Oper TLV  SetResp(0x3) length 28\n' +
      '           PATH-DATA TLV, length 24 (data encapsulated 20 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              RESULT TLV (Length 12 DataLen 8 Bytes)\nillegal RESULT-TLV: 8 bytes!\n',
  },
  {
    why: 'ForCES query', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030054000000010002000300000015100400110000000240000001000000000000002af8c000001000002c0000000200000001000700100110000c0000000100000001' +
      '000800100110000c0002000100000001',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 68B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 44 (data length 40 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 16\n           PATH-DATA TLV, length 12 (data encapsulated 8 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n          Oper TLV  GetProp(0x8) length 16\n' +
      '           PATH-DATA TLV, length 12 (data encapsulated 8 Bytes)\n            Pathdata: Flags 0x2 ID count 1\n            ID#01: 1\n' +
      'pathlength 0 with key/range too short 12\n',
  },
  {
    why: 'ForCES query of a range', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030050000000010002000300000015100400100000000240000001000000000000002af8c000001000002800000002000000010007001c011000180002000100000001' +
      '0117000c0000000300000008',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 64B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 40 (data length 36 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 28\n           PATH-DATA TLV, length 24 (data encapsulated 20 Bytes)\n' +
      '            Pathdata: Flags 0x2 ID count 1\n            ID#01: 1\n            Table range: [3,8]\n',
  },
  {
    why: 'ForCES query by key', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030054000000010002000300000015100400110000000240000001000000000000002af8c000001000002c0000000200000001000700200110001c0001000100000001' +
      '000000090112000c6b6b6b6b6b6b6b6b',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 68B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 44 (data length 40 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 32\n           PATH-DATA TLV, length 28 (data encapsulated 24 Bytes)\n' +
      '            Pathdata: Flags 0x1 ID count 1\n            ID#01: 1\n',
  },
  {
    why: 'ForCES query by key and range', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030050000000010002000300000015100400100000000240000001000000000000002af8c000001000002800000002000000010007001c011000180003000100000001' +
      '00000009011200086b6b6b6b',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 64B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 40 (data length 36 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 28\n           PATH-DATA TLV, length 24 (data encapsulated 20 Bytes)\n' +
      '            Pathdata: Flags 0x3 ID count 1\n\t\t\tIllegal to have both Table ranges and keys\n',
  },
  {
    why: 'ForCES query by key, then data', ip: 132, before: '10.0.0.2.6704: ', verbose: 2,
    payload:
      '9c401a30000000070000000000030060000000010002000300000015100400140000000240000001000000000000002af8c000001000003800000002000000010007002c011000280001000100000001' +
      '00000009011200086b6b6b6b01110010000000050112000678780000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 80B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n              Keyinfo: Key 0x5\nError: expecting FULLDATA!\n',
  },
  {
    why: 'ForCES query by key of bad length', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a300000000700000000000300800000000100020003000000151004001c0000000240000001000000000000002af8c000001000005800000002000000010007001c011000180001000100000001' +
      '0000000901120003000000010007001c0110001800010001000000010000000901120063000000010007001401100010000100010000000161626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 112B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 88 (data length 84 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 28\n           PATH-DATA TLV, length 24 (data encapsulated 20 Bytes)\n' +
      '            Pathdata: Flags 0x1 ID count 1\n            ID#01: 1\nkey content length 3 < 4\n          Oper TLV  Get(0x7) length 28\n' +
      '           PATH-DATA TLV, length 24 (data encapsulated 20 Bytes)\n            Pathdata: Flags 0x1 ID count 1\n            ID#01: 1\n' +
      'key content too short\n          Oper TLV  Get(0x7) length 20\n           PATH-DATA TLV, length 16 (data encapsulated 12 Bytes)\n' +
      '            Pathdata: Flags 0x1 ID count 1\n            ID#01: 1\npathlength 4 with key/range too short 12\n',
  },
  {
    why: 'ForCES query response', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a300000000700000000000300d4000000010002000300000015101400310000000240000001000000000000002af8c00000100000ac000000020000000100090018011000140000000100000001' +
      '01120008616263640009002c0110002800000001000000010113001c000000010000000a61620000000000020000000c63646566000900180110001400000001000000010114000802000000000a0018' +
      '0110001400000001000000010112000861626364000a002c0110002800000001000000010113001c000000010000000a61620000000000020000000c63646566',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query Response \n\tForCES Version 1 len 196B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 172 (data length 168 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  GetResp(0x9) length 24\n' +
      '           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              FULLDATA TLV (Length 8 DataLen 4 Bytes)\n               [\n               0x0000:  6162 6364\n' +
      '               ]          Oper TLV  GetResp(0x9) length 44\n           PATH-DATA TLV, length 40 (data encapsulated 36 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n              SPARSEDATA TLV (Length 28 DataLen 24 Bytes)\n\n' +
      '               ILV: type 1 length 10\n\t\t[0x0000:  6162\n               ILV: type 2 length 12\n' +
      '\t\t[0x0000:  6364 6566          Oper TLV  GetResp(0x9) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n              RESULT TLV (Length 8 DataLen 4 Bytes)\n' +
      '                Result: LENGTH MISMATCH (code 0x2)\n          Oper TLV  GetPropResp(0xa) length 24\n' +
      '           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              FULLDATA TLV (Length 8 DataLen 4 Bytes)\n               [\n               0x0000:  6162 6364\n' +
      '               ]          Oper TLV  GetPropResp(0xa) length 44\n           PATH-DATA TLV, length 40 (data encapsulated 36 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n              SPARSEDATA TLV (Length 28 DataLen 24 Bytes)\n' +
      'Illegal DATA encoding for type 0x113 programmed 2 got 5\n\n               ILV: type 1 length 10\n\t\t[0x0000:  6162\n               ILV: type 2 length 12\n' +
      '\t\t[0x0000:  6364 6566',
  },
  {
    why: 'ForCES event', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a3000000007000000000003004c0000000100020003000000151005000f0000000240000001000000000000002af8c00000100000240000000200000001000b0018011000140000000100000001' +
      '0112000861626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Event Notification \n' +
      '\tForCES Version 1 len 60B flags 0xf8c00000 \n\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n' +
      '\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n\t  Standalone(0x0), StartofTransaction(0x0)\n' +
      '\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 36 (data length 32 Bytes)\n         FEProtoObj LFB(Classid 2) instance 1\n' +
      '          Oper TLV  Report(0xb) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n' +
      '            ID#01: 1\n              FULLDATA TLV (Length 8 DataLen 4 Bytes)\n               [\n               0x0000:  6162 6364\n               ]',
  },
  {
    why: 'ForCES key information in data', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030058000000010002000300000015100300120000000240000001000000000000002af8c0000010000030000000020000000100010024011000200000000100000001' +
      '01110014000000050112000c0112000861626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config \n\tForCES Version 1 len 72B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 48 (data length 44 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Set(0x1) length 36\n           PATH-DATA TLV, length 32 (data encapsulated 28 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n              KEYINFO TLV (Length 20 DataLen 16 Bytes)\n' +
      'Illegal DATA encoding for type 0x111 programmed 0 got 3\n              Keyinfo: Key 0x5\n               [\n               0x0000:  6162 6364 [|forces]',
  },
  {
    why: 'ForCES redirect', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030054000000010002000300000015100600110000000240000001000000000000002af8c000000001002c0115001c000000070000000c616263640000000800000009' +
      '610000000116000a7061636b65740000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Packet Redirect \n\tForCES Version 1 len 68B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tREDIRECT TLV, length 44 (data length 40 Bytes)\n' +
      '           METADATA length 24\n           MetaID 0x7 length 12\n\t\t[0x0000:  6162 6364 ]\n           MetaID 0x8 length 9\n\t\t[0x0000:  61 ]\n\n' +
      '           Redirect Data length 6\n\t\t[\n\t\t0x0000:  7061 636b 6574\n\t\t]',
  },
  {
    why: 'ForCES redirect, unknown', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a3000000007000000000003003c0000000100020003000000151006000b0000000240000001000000000000002af8c00000000100140120000c616263646566676800090063',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Packet Redirect \n\tForCES Version 1 len 44B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n' +
      '\tREDIRECT TLV, length 20 (data length 16 Bytes)Unknown REDIRECT TLV 0x120 len 12\nBad Redirect data\n\n\t\tMessy Redirect TLV header, type (0x9)\n' +
      '\t\texcess of 4294967201 Bytes \n\t[0x0000:  1006 000b 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000 0001 0014 0120 000c\n' +
      '\t[0x0020:  6162 6364 6566 6768 0009 0063\n\t]',
  },
  {
    why: 'ForCES redirect, short', ip: 132, before: '10.0.0.2.6704: ', verbose: 2,
    payload: '9c401a30000000070000000000030034000000010002000300000015100600090000000240000001000000000000002af8c000000001000c6162636465666768',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Packet Redirect \n\tForCES Version 1 len 36B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\n\t\ttruncated Redirect TLV: 0 bytes missing! \n' +
      '\t[0x0000:  1006 0009 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000 0001 000c 6162 6364\n\t[0x0020:  6566 6768\n\t]',
  },
  {
    why: 'ForCES redirect, twice', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030070000000010002000300000015100600180000000240000001000000000000002af8c000000001001801150010000000070000000c616263640116000400010018' +
      '01150010000000070000000c61626364011600040001001801150010000000070000000c6162636401160004',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Packet Redirect \n\tForCES Version 1 len 96B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tREDIRECT TLV, length 24 (data length 20 Bytes)\n' +
      '           METADATA length 12\n           MetaID 0x7 length 12\n\t\t[0x0000:  6162 6364 ]\n\n           Redirect Data length 0\n\t\t[\n' +
      '\t\t]\tREDIRECT TLV, length 24 (data length 20 Bytes)\n           METADATA length 12\n           MetaID 0x7 length 12\n\t\t[0x0000:  6162 6364 ]\n\n' +
      '           Redirect Data length 0\n\t\t[\n\t\t]\tREDIRECT TLV, length 24 (data length 20 Bytes)\n           METADATA length 12\n' +
      '           MetaID 0x7 length 12\n\t\t[0x0000:  6162 6364 ]\n\n           Redirect Data length 0\n\t\t[\n\t\t]',
  },
  {
    why: 'ForCES heartbeat', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a30000000070000000000030028000000010002000300000015100f00060000000240000001000000000000002a00000000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES HeartBeat \n\tForCES Version 1 len 24B flags 0x00000000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  NoACK(0x0), prio=0, EMReserved(0x0),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n',
  },
  {
    why: 'ForCES heartbeat, with more', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a30000000070000000000030034000000010002000300000015100f0009fffffffdc0000001000000000000002a040555550001000c6162636465666768',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES HeartBeat \n\tForCES Version 1 len 36B flags 0x04055555 \n' +
      '\tSrcID 0xfffffffd(AllCEsBroadcast) DstID 0xc0000001(AllMulticast) Correlator 0x2a\n\tForCES flags:\n\t  NoACK(0x0), prio=0, EMReserved(0x0),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x4 rsv(b13-31) 0x55555\n<0x1>Illegal Top level TLV!\n\n' +
      '\t[0x0000:  100f 0009 ffff fffd c000 0001 0000 0000\n\t[0x0010:  0000 002a 0405 5555 0001 000c 6162 6364\n\t[0x0020:  6566 6768\n\t]',
  },
  {
    why: 'ForCES invalid type', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a30000000070000000000030028000000010002000300000015100700060000000240000001000000000000002af8c00000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] Invalid ForCES message type 7\n\n' +
      '\t[0x0000:  1007 0006 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000\n\t]',
  },
  {
    why: 'ForCES invalid length', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a30000000070000000000030028000000010002000300000015100100090000000240000001000000000000002a00000000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n' +
      '\tForCES Association Setup Illegal ForCES pkt len - min 24, total recvd 24, advertised 36 \n\t[0x0000:  1001 0009 0000 0002 4000 0001 0000 0000\n' +
      '\t[0x0010:  0000 002a 0000 0000\n\t]',
  },
  {
    why: 'ForCES wrong operation', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a3000000007000000000003004c0000000100020003000000151004000f0000000240000001000000000000002af8c0000010000024000000020000000100010018011000140000000100000001' +
      '0112000861626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 60B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 36 (data length 32 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n\t\tINValid oper-TLV type 0x1 length 24 for this ForCES message\n         Data[\n' +
      '         0x0000:  0001 0018 0110 0014 0000 0001 0000 0001\n         0x0010:  0112 0008 6162 6364\n         ]\n',
  },
  {
    why: 'ForCES small operation', ip: 132, before: '10.0.0.2.6704: ', verbose: 2,
    payload: '9c401a3000000007000000000003003c0000000100020003000000151004000b0000000240000001000000000000002af8c000001000001400000002000000010007000861626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 44B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\t\tOper TLV  Get(0x7) length 8\n' +
      '\t\tTruncated data size 4 minimum required 8\n',
  },
  {
    why: 'ForCES small selector', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a300000000700000000000300380000000100020003000000151004000a0000000240000001000000000000002af8c0000010000010000000010000000200000003',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 40B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 16 (data length 12 Bytes)\n' +
      '\t\ttruncated lfb selector: 0 bytes missing! \n\t[0x0000:  1004 000a 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000 1000 0010 0000 0001\n' +
      '\t[0x0020:  0000 0002 0000 0003\n\t]',
  },
  {
    why: 'ForCES invalid top TLV', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a300000000700000000000300380000000100020003000000151004000a0000000240000001000000000000002af8c0000000990010000000010000000200000003',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 40B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\n\tInvalid ForCES Top TLV type=0x99\n' +
      '\t[0x0000:  1004 000a 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000 0099 0010 0000 0001\n\t[0x0020:  0000 0002 0000 0003\n\t]',
  },
  {
    why: 'ForCES messy', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a3000000007000000000003004c0000000100020003000000151004000f0000000240000001000000000000002af8c00000100000240000000200000001000700100110000c0000000100000001' +
      '0007006300000001',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 60B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 36 (data length 32 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 16\n           PATH-DATA TLV, length 12 (data encapsulated 8 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n\n\t\tMessy oper TLV header, type (0x7)\n\t\texcess of 4294967205 Bytes \n' +
      '\t[0x0000:  1004 000f 0000 0002 4000 0001 0000 0000\n\t[0x0010:  0000 002a f8c0 0000 1000 0024 0000 0002\n' +
      '\t[0x0020:  0000 0001 0007 0010 0110 000c 0000 0001\n\t[0x0030:  0000 0001 0007 0063 0000 0001\n\t]',
  },
  {
    why: 'ForCES messy path', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a3000000007000000000003004c0000000100020003000000151004000f0000000240000001000000000000002af8c00000100000240000000200000001000700180110000c0000000100000001' +
      '0007006300000001',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 60B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 36 (data length 32 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 24\n           PATH-DATA TLV, length 12 (data encapsulated 8 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n\n\t\tMessy PATHDATA TLV header, type (0x7)\n\t\texcess of 4294967205 Bytes ',
  },
  {
    why: 'ForCES bad path data', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a3000000007000000000003007c0000000100020003000000151003001b0000000240000001000000000000002af8c0000010000054000000020000000100010018011000140000000100000001' +
      '0112006300000001000100180110001400000001000000010099000800000001000100180110001400000001000000010112000000000001',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config \n\tForCES Version 1 len 108B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 84 (data length 80 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Set(0x1) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\nxLV too long Outstanding bytes 8 for TLV type 0x112 TLV len 99\nBad Data val\n' +
      '\t  [0x0000:  0112 0063 0000 0001]\n          Oper TLV  Set(0x1) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\nInvalid path data content type 0x99 len 8\nBad Data val\n' +
      '\t  [0x0000:  0099 0008 0000 0001]\n          Oper TLV  Set(0x1) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\nxLV too short Outstanding bytes 8 for TLV type 0x112 TLV len 0\n\n' +
      '\t\tMessy PATHDATA TLV header, type (0x112)\n\t\texcess of 8 Bytes ',
  },
  {
    why: 'ForCES too many IDs', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a300000000700000000000300440000000100020003000000151004000d0000000240000001000000000000002af8c000001000001c0000000200000001000700100110000c0000000900000001',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Query \n\tForCES Version 1 len 52B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 28 (data length 24 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 16\n           PATH-DATA TLV, length 12 (data encapsulated 8 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 9\n\t\t\ttruncated IDs expected 36B got 4B\n\t\t\tID Data[0x0000:  0000 0001]\n',
  },
  {
    why: 'ForCES key data without a key', ip: 132, before: '10.0.0.2.6704: ', verbose: 2,
    payload:
      '9c401a3000000007000000000003004c0000000100020003000000151003000f0000000240000001000000000000002af8c0000010000024000000020000000100010018011000140001000100000001' +
      '0112000861626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config \n\tForCES Version 1 len 60B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\npathlength 8 with key/range too short 12\n',
  },
  {
    why: 'ForCES commit response', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a300000000700000000000300440000000100020003000000151013000d0000000240000001000000000000002af8c000001000001c0000000200000001000d00109000000c0000000100000002',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config Response \n\tForCES Version 1 len 52B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 28 (data length 24 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  RCommit(0xd) length 16\ngenoptlvprint - #36864 TLV type 0x9000 len 12\n' +
      '#0 TLV type 0x9000 len 12\n',
  },
  {
    why: 'ForCES commit response 2', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload: '9c401a300000000700000000000300440000000100020003000000151013000d0000000240000001000000000000002af8c000001000001c0000000200000001000d0010011000630000000100000002',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config Response \n\tForCES Version 1 len 52B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 28 (data length 24 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  RCommit(0xd) length 16\ngenoptlvprint - PATH-DATA TLV TLV type 0x110 len 99\n' +
      '\t\t\tInvalid ForCES TLV type=110',
  },
  {
    why: 'ForCES illegal data', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a30000000070000000000030068000000010002000300000015100300160000000240000001000000000000002af8c0000010000040000000020000000100010018011000140000000100000001' +
      '01140008010000000001001c011000180000000100000001011200096162636465000000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config \n\tForCES Version 1 len 88B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 64 (data length 60 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Set(0x1) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n              RESULT TLV (Length 8 DataLen 4 Bytes)\n' +
      'Illegal DATA encoding for type 0x114 programmed 4 got 3\n                Result: INVALID HEADER (code 0x1)\n          Oper TLV  Set(0x1) length 28\n' +
      '           PATH-DATA TLV, length 24 (data encapsulated 20 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              FULLDATA TLV (Length 9 DataLen 5 pad 3 Bytes)\n               [\n               0x0000:  6162 6364 6500 0000\n               ]',
  },
  {
    why: 'ForCES sparse faults', ip: 132, before: '10.0.0.2.6704: ', verbose: 3,
    payload:
      '9c401a3000000007000000000003008c0000000100020003000000151003001f0000000240000001000000000000002af8c0000010000064000000020000000100010018011000140000000100000001' +
      '0113000861626364000100200110001c000000010000000101130010000000010000006361620000000100200110001c000000010000000101130010000000010000000461620000',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Config \n\tForCES Version 1 len 124B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 100 (data length 96 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Set(0x1) length 24\n           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n' +
      '            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n              SPARSEDATA TLV (Length 8 DataLen 4 Bytes)\nError: BAD SPARSEDATA-TLV!\n' +
      '          Oper TLV  Set(0x1) length 32\n           PATH-DATA TLV, length 28 (data encapsulated 24 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n' +
      '            ID#01: 1\n              SPARSEDATA TLV (Length 16 DataLen 12 Bytes)\nError: xLV too long, rlen 12\n          Oper TLV  Set(0x1) length 32\n' +
      '           PATH-DATA TLV, length 28 (data encapsulated 24 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              SPARSEDATA TLV (Length 16 DataLen 12 Bytes)\nError: xLV too short, rlen 12\n',
  },
  {
    why: 'SCTP no ForCES', ip: 132, before: '10.0.0.2.99: ', verbose: 3,
    payload: '9c40006300000007000000000003001b00000001000200030000000068656c6c6f20776f726c64000004001100000001000200030000000378000000',
    text:
      'sctp\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID 0x0] [Payload:\n\t0x0000:  6865 6c6c 6f20 776f 726c 64              hello.world]\n' +
      '\t2) [DATA] (U) [TSN: 1] [SID: 2] [SSEQ 3] [PPID M3UA]  (invalid)',
  },
  {
    why: 'SCTP ForCES by identifier', ip: 132, before: '10.0.0.2.99: ', verbose: 2,
    payload:
      '9c400063000000070000000000030070000000010002000300000017100100180000000240000001000000000000002a00000000100000240000000200000001000b0018011000140000000100000001' +
      '0112000861626364100000240000000100000001000b001801100014000000010000000101120008616263640003002c000000010002000300000000101100080000000240000001000000000000002a' +
      'f8c0000000100008',
    text:
      'sctp\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES LP] \n\tForCES Association Setup \n\tForCES Version 1 len 96B flags 0x00000000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  NoACK(0x0), prio=0, EMReserved(0x0),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\n\t2) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID 0x0] \n' +
      '\tForCES Association Response Illegal ForCES pkt len - min 24, total recvd 28, advertised 32 \n\t[0x0000:  1011 0008 0000 0002 4000 0001 0000 0000\n' +
      '\t[0x0010:  0000 002a f8c0 0000 0010 0008\n\t]',
  },
  {
    why: 'SCTP medium', ip: 132, before: '10.0.0.2.6705: ', verbose: 3,
    payload: '9c401a31000000070000000000030028000000010002000300000015100f00060000000240000001000000000000002af8c00000',
    text:
      'sctp[ForCES MP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES HeartBeat \n\tForCES Version 1 len 24B flags 0xf8c00000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n',
  },
  {
    why: 'SCTP low', ip: 132, before: '10.0.0.2.6706: ', verbose: 3,
    payload: '1a301a32000000070000000000030028000000010002000300000015100f00060000000240000001000000000000002af8c00000',
    text:
      'sctp[ForCES HP][ForCES LP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES HeartBeat \n' +
      '\tForCES Version 1 len 24B flags 0xf8c00000 \n\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n' +
      '\t  AlwaysACK(0x3), prio=7, continue-execute-on-failure(0x3),\n\t  Standalone(0x0), StartofTransaction(0x0)\n' +
      '\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n',
  },
  {
    why: 'SCTP handshake', ip: 132, before: '10.0.0.2.99: ', verbose: 3,
    payload: '9c40006300000007000000000100001c00000001000000020003000400000005616263646566676802000014000000010000000200030004000000050a00000b636f6f6b696521000b000004',
    text:
      'sctp\n\t1) [INIT] [init tag: 1] [rwnd: 2] [OS: 3] [MIS: 4] [init TSN: 5] \n\t2) [INIT ACK] [init tag: 1] [rwnd: 2] [OS: 3] [MIS: 4] [init TSN: 5] \n' +
      '\t3) [COOKIE ECHO] \n\t4) [COOKIE ACK] ',
  },
  {
    why: 'SCTP acks', ip: 132, before: '10.0.0.2.99: ', verbose: 3,
    payload: '9c40006300000007000000000300001c00000064000007d0000200010002000300050006000000650300001000000064000007d0000000000300000800000001',
    text:
      'sctp\n\t1) [SACK] [cum ack 100] [a_rwnd 2000] [#gap acks 2] [#dup tsns 1] \n\t\t[gap ack block #1: start = 102, end = 103] \n' +
      '\t\t[gap ack block #2: start = 105, end = 106] \n\t\t[dup TSN #1: 101] \n\t2) [SACK] [cum ack 100] [a_rwnd 2000] [#gap acks 0] [#dup tsns 0] \n' +
      '\t3) [SACK] bogus chunk length 8]',
  },
  {
    why: 'SCTP rest', ip: 132, before: '10.0.0.2.99: ', verbose: 3,
    payload:
      '9c40006300000007000000000400000661620000050000066162000006000006616200000700000661620000080000066162000009000006616200000c000006616200000d000006616200000e000006' +
      '61620000c000000661620000c100000661620000c2000006616200004000000661620000',
    text:
      'sctp\n\t1) [HB REQ] \n\t2) [HB ACK] \n\t3) [ABORT] \n\t4) [SHUTDOWN] \n\t5) [SHUTDOWN ACK] \n\t6) [OP ERR] \n\t7) [ECN ECHO] \n\t8) [ECN CWR] \n' +
      '\t9) [SHUTDOWN COMPLETE] \n\t10) [FOR CUM TSN] \n\t11) [REL CTRL] \n\t12) [REL CTRL ACK] \n\t13) [Unknown chunk type: 0x40] ',
  },
  { why: 'SCTP faults', ip: 132, before: '10.0.0.2.99: ', verbose: 3, payload: '9c400063000000070000000004000003', text: 'sctp\n\t1) [Bad chunk length 3, < size of chunk descriptor]' },
  { why: 'SCTP long', ip: 132, before: '10.0.0.2.99: ', verbose: 2, payload: '9c40006300000007000000000400006361620000', text: 'sctp [|sctp]' },
  {
    why: 'SCTP odd end', ip: 132, before: '10.0.0.2.99: ', verbose: 3,
    payload: '9c400063000000070000000004000008616263646162',
    text: 'sctp\n\t1) [HB REQ] \n\t2) [chunk descriptor cut off at end of packet]',
  },
  {
    why: 'SCTP no data', ip: 132, before: '10.0.0.2.99: ', verbose: 3,
    payload: '9c400063000000070000000000070010000000010000000200000003',
    text: 'sctp\n\t1) [DATA] (U)(B)(E) [TSN: 1] [SID: 0] [SSEQ 2] [PPID M3UA] bogus chunk length 16]',
  },
  { why: 'SCTP short init', ip: 132, before: '10.0.0.2.99: ', verbose: 3, payload: '9c40006300000007000000000100000561000000', text: 'sctp\n\t1) [INIT] bogus chunk length 5]' },
  { why: 'SCTP short data', ip: 132, before: '10.0.0.2.99: ', verbose: 3, payload: '9c40006300000007000000000000000561000000', text: 'sctp\n\t1) [DATA] bogus chunk length 5]' },
  {
    why: 'SCTP m3ua', ip: 132, before: '10.0.0.2.2905: ', verbose: 3,
    payload: '9c400b5900000007000000000003002000000001000200030000000301000301000000100011000800000005',
    text: 'sctp\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID M3UA] \n\t\tASP Up Message\n\t\t\tASP Identifier: (length 8)',
  },
  {
    why: 'ForCES, terse', ip: 132, before: '10.0.0.2.6704: ',
    payload:
      '9c401a30000000070000000000030070000000010002000300000015100100180000000240000001000000000000002a00000000100000240000000200000001000b0018011000140000000100000001' +
      '0112000861626364100000240000000100000001000b00180110001400000001000000010112000861626364',
    text: 'sctp[ForCES HP] (1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Setup ',
  },
  {
    why: 'ForCES, raw', ip: 132, before: '10.0.0.2.6704: ', verbose: 4,
    payload:
      '9c401a30000000070000000000030070000000010002000300000015100100180000000240000001000000000000002a00000000100000240000000200000001000b0018011000140000000100000001' +
      '0112000861626364100000240000000100000001000b00180110001400000001000000010112000861626364',
    text:
      'sctp[ForCES HP]\n\t1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID ForCES HP] \n\tForCES Association Setup \n\tForCES Version 1 len 96B flags 0x00000000 \n' +
      '\tSrcID 0x2(FE) DstID 0x40000001(CE) Correlator 0x2a\n\tForCES flags:\n\t  NoACK(0x0), prio=0, EMReserved(0x0),\n' +
      '\t  Standalone(0x0), StartofTransaction(0x0)\n\t  Extra flags: rsv(b5-7) 0x0 rsv(b13-31) 0x0\n\tLFBselect TLV, length 36 (data length 32 Bytes)\n' +
      '         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Report(0xb) length 24\n' +
      '           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              FULLDATA TLV (Length 8 DataLen 4 Bytes)\n               [\n               0x0000:  6162 6364\n' +
      '               ]\tLFBselect TLV, length 36 (data length 32 Bytes)\n         FEObj LFB(Classid 1) instance 1\n          Oper TLV  Report(0xb) length 24\n' +
      '           PATH-DATA TLV, length 20 (data encapsulated 16 Bytes)\n            Pathdata: Flags 0x0 ID count 1\n            ID#01: 1\n' +
      '              FULLDATA TLV (Length 8 DataLen 4 Bytes)\n               [\n               0x0000:  6162 6364\n               ]\n\t  Raw ForCES message\n\t [\n' +
      '\t 0x0000:  1001 0018 0000 0002 4000 0001 0000 0000\n\t 0x0010:  0000 002a 0000 0000 1000 0024 0000 0002\n' +
      '\t 0x0020:  0000 0001 000b 0018 0110 0014 0000 0001\n\t 0x0030:  0000 0001 0112 0008 6162 6364 1000 0024\n' +
      '\t 0x0040:  0000 0001 0000 0001 000b 0018 0110 0014\n\t 0x0050:  0000 0001 0000 0001 0112 0008 6162 6364\n\t ]',
  },
]
