/**
 * Remote calls of AFS over Rx: their names, their arguments and results as far as tcpdump prints them.
 * Numbers run on from the one before a colon. Of fields: `label:form`, one behind the other; the forms are in rx-fields.ts.
 */

export interface Service {
  readonly title: string
  /** In ` [|fs]`. */
  readonly short: string
  /** Calls of Ubik, by which servers of a database agree, come here too. */
  readonly withUbik: boolean
  readonly names: string
  readonly calls: Readonly<Record<number, string>>
  readonly replies: Readonly<Record<number, string>>
}

const FID = 'fid'
const PRINCIPAL = 'principal:s64 s64'
const VOLUME_TYPE = 'volid:i volume'
const MEMBERS = 'ints'

const FILES: Service = {
  title: ' fs', short: 'fs', withUbik: false,
  names: '130:fetch-data,fetch-acl,fetch-status,store-data,store-acl,store-status,remove-file,create-file,rename,symlink,link,makedir,rmdir,oldsetlock,'
    + 'oldextlock,oldrellock,get-stats,give-cbs,get-vlinfo,get-vlstats,set-vlstats,get-rootvl,check-token,get-time,nget-vlinfo,bulk-stat,setlock,'
    + 'extlock,rellock,xstat-ver,get-xstat,dfs-lookup,dfs-flushcps,dfs-symlink 220:residency '
    + '65536:inline-bulk-status,fetch-data-64,store-data-64,give-up-all-cbs,get-caps,cb-rx-conn-addr',
  calls: {
    130: 'fid offset:u length:u', 131: FID, 132: FID, 133: 'fid store offset:u length:u flen:u', 134: 'fid acl', 135: 'fid store', 136: 'fid s256',
    137: 'fid s256 store', 138: 'old:fid s256 new:fid s256', 139: 'fid s256 link_to:s256', 140: 'fid s256 link_to:fid', 141: 'fid s256 store',
    142: 'fid s256', 143: FID, 144: FID, 145: FID, 148: 's256', 149: 'volid:u', 150: 'volid:u', 154: 'volname:s256', 155: 'fids', 156: FID, 157: FID,
    158: FID, 65536: 'fids', 65537: 'fid offset:u64 length:u64', 65538: 'fid store offset:u64 length:u64 flen:u64', 65541: 'addr:u',
  },
  replies: { 131: 'acl', 137: 'new:fid', 141: 'new:fid', 151: 'root_volume:s256', 153: 'date' },
}

const CALLBACKS: Service = {
  title: ' cb', short: 'cb', withUbik: false,
  names: '204:callback,initcb,probe,getlock,getce,xstatver,getxstat,initcb2,whoareyou,initcb3,probeuuid,getsrvprefs,getcellservdb,getlocalcell,'
    + 'getcacheconf 65536:getce64,getcellbynum,tellmeaboutyourself',
  calls: { 204: 'callbacks', 214: 'afsuuid:uuid' },
  replies: { 213: 'uuid' },
}

const PROTECTION: Service = {
  title: ' pt', short: 'pt', withUbik: true,
  names: '500:new-user,where-is-it,dump-entry,add-to-group,name-to-id,id-to-name,delete,remove-from-group,get-cps,new-entry,list-max,set-max,list-entry,'
    + 'change-entry,list-elements,same-mbr-of,set-fld-sentry,list-owned,get-cps2,get-host-cps,update-entry,list-entries 530:list-super-groups',
  calls: {
    500: 's64 id:i oldid:i', 501: 'id:i', 502: 'pos:i', 503: 'uid:i gid:i', 504: 'names', 505: 'ids::ints', 506: 'id:i', 507: 'uid:i gid:i', 508: 'id:i',
    509: 's64 flag:i oid:i', 511: 'id:i gflag:i', 512: 'id:i', 513: 'id:i s64 oldid:i newid:i', 514: 'id:i', 515: 'uid:i gid:i', 517: 'id:i', 518: 'id:i',
    519: 'id:i', 520: 'id:i s64', 530: 'id:i',
  },
  replies: { 504: 'ids::ints', 505: 'names', 508: MEMBERS, 510: 'maxuid:i maxgid:i', 514: MEMBERS, 517: MEMBERS, 518: MEMBERS, 519: MEMBERS },
}

const LOCATIONS: Service = {
  title: ' vldb', short: 'vldb', withUbik: true,
  names: '501:create-entry,delete-entry,get-entry-by-id,get-entry-by-name,get-new-volume-id,replace-entry,update-entry,setlock,releaselock,list-entry,'
    + 'list-attrib,linked-list,get-stats,probe,get-addrs,change-addr,create-entry-n,get-entry-by-id-n,get-entry-by-name-n,replace-entry-n,'
    + 'list-entry-n,list-attrib-n,linked-list-n,update-entry-by-name,create-entry-u,get-entry-by-id-u,get-entry-by-name-u,replace-entry-u,'
    + 'list-entry-u,list-attrib-u,linked-list-u,regaddr,get-addrs-u,list-attrib-n2',
  calls: {
    501: 'v65', 502: VOLUME_TYPE, 503: VOLUME_TYPE, 504: 's65', 505: 'bump:i', 506: `${VOLUME_TYPE} v65`, 507: VOLUME_TYPE, 508: VOLUME_TYPE,
    509: VOLUME_TYPE, 510: 'index:i', 517: 'v65', 518: VOLUME_TYPE, 519: 's65', 520: `${VOLUME_TYPE} v65`, 521: 'index:i', 524: 's65', 527: 's65',
  },
  replies: {
    503: 'entry8', 504: 'entry8', 505: 'newvol:u', 510: 'count:i nextindex:i entry8', 518: 'entry13', 519: 'entry13', 521: 'count:i nextindex:i entry13',
    526: 'entryuuid', 527: 'entryuuid', 529: 'count:i nextindex:i entry13',
  },
}

const AUTHENTICATION: Service = {
  title: ' kauth', short: 'kauth', withUbik: true,
  names: '1:auth-old,change-pw,get-ticket-old,set-pw,set-fields,create-user,delete-user,get-entry,list-entry,get-stats,debug,get-pw,get-random-key,unlock,'
    + 'lock-status 21:authenticate,authenticate-v2,get-ticket',
  calls: {
    1: PRINCIPAL, 2: PRINCIPAL, 3: `kvno:i domain:s64 opaque ${PRINCIPAL}`, 4: `${PRINCIPAL} kvno:i`, 5: PRINCIPAL, 6: PRINCIPAL, 7: PRINCIPAL, 8: PRINCIPAL,
    12: 'name:s64', 14: PRINCIPAL, 15: PRINCIPAL, 21: PRINCIPAL, 22: PRINCIPAL, 23: `kvno:i domain:s64 opaque ${PRINCIPAL}`,
  },
  replies: {},
}

const VOLUMES: Service = {
  title: ' vol', short: 'vol', withUbik: false,
  names: '100:create-volume,delete-volume,restore,forward,end-trans,clone,set-flags,get-flags,trans-create,dump,get-nth-volume,set-forwarding,get-name,'
    + 'get-status,sig-restore,list-partitions,list-volumes,set-id-types,monitor,partition-info,reclone,list-one-volume,nuke,set-date,x-list-volumes,'
    + 'x-list-one-volume,set-info,x-list-partitions,forward-multiple 65536:convert-ro,get-size,dump-v2',
  calls: {
    100: 'partition:u name:s256 type:u parent:u', 101: 'trans:u', 102: 'totrans:u flags:u', 103: 'fromtrans:u fromdate:date server desttrans:i',
    104: 'trans:u', 105: 'trans:u purgevol:u newtype:u newname:s256', 106: 'trans:u flags:u', 107: 'trans:u', 108: 'vol:u partition:u flags:u',
    109: 'fromtrans:u fromdate:date', 110: 'index:u', 111: 'tid:u newsite:u', 112: 'tid:', 113: 'tid:', 114: 'name:s256 type:u pid:u cloneid:u',
    116: 'partition:u flags:u', 117: 'tid:u name:s256 type:u pid:u clone:u backup:u', 119: 'name:s256', 120: 'tid:u', 121: 'partid:u volid:u',
    122: 'partid:u volid:u', 123: 'tid:u date:date', 124: 'partid:u volid:u', 125: 'partid:u volid:u', 126: 'tid:u',
    128: 'fromtrans:u fromdate:date servers', 65536: 'partid:u volid:u', 65538: 'fromtrans:u fromdate:date flags:u',
    // tcpdump has this number for 65537, get-size
    655537: 'fromtrans:u fromdate:date',
  },
  replies: {
    100: 'volid:u trans:u', 104: 'u', 105: 'newvol:u', 107: 'u', 108: 'trans:u', 110: 'volume:u partition:u', 112: 's256',
    113: 'volid:u nextuniq:u type:u parentid:u clone:u backup:u restore:u maxquota:u minquota:u owner:u create:date access:date update:date expire:date '
      + 'backup:date copy:date',
    116: 'volumes', 121: 'volumes',
  },
}

const OVERSEER: Service = {
  title: ' bos', short: 'bos', withUbik: false,
  names: '80:create-bnode,delete-bnode,set-status,get-status,enumerate-instance,get-instance-info,get-instance-parm,add-superuser,delete-superuser,'
    + 'list-superusers,list-keys,add-key,delete-key,set-cell-name,get-cell-name,get-cell-host,add-cell-host,delete-cell-host,set-t-status,shutdown-all,'
    + 'restart-all,startup-all,set-noauth-flag,re-bozo,restart,start-bozo-install,uninstall,get-dates,exec,prune,set-restart-time,get-restart-time,'
    + 'start-bozo-log,wait-all,get-instance-strings,get-restricted,set-restricted',
  calls: {
    80: 'type:s256 instance:s256', 81: 's256', 82: 's256 status:i', 83: 's256', 84: 'i', 85: 's256', 86: 's256 num:i', 87: 's256', 88: 's256', 89: 'i', 90: 'i',
    91: 'i', 92: 'i', 93: 's256', 95: 'i', 96: 's256', 97: 's256', 98: 's256 status:i', 104: 's256', 105: 's256 size:i flags:i date:i', 106: 's256',
    108: 's256', 112: 's256', 114: 's256',
  },
  replies: {},
}

export const UBIK: Service = {
  title: ' ubik', short: 'ubik', withUbik: false,
  names: '10000:vote-beacon,vote-debug-old,vote-sdebug-old,vote-getsyncsite,vote-debug,vote-sdebug,vote-xdebug,vote-xsdebug '
    + '20000:disk-begin,disk-commit,disk-lock,disk-write,disk-getversion,disk-getfile,disk-sendfile,disk-abort,disk-releaselocks,disk-truncate,disk-probe,'
    + 'disk-writev,disk-interfaceaddr,disk-setversion',
  calls: {
    10000: 'syncsite votestart:date dbversion:version tid:version', 10003: 'site:u', 20000: 'tid:version', 20001: 'tid:version',
    20002: 'tid:version file:i pos:i length:i skip', 20003: 'tid:version file:i pos:i', 20005: 'file:i', 20006: 'file:i length:i dbversion:version',
    20007: 'tid:version', 20008: 'tid:version', 20009: 'tid:version file:i length:i', 20010: 'tid:version',
    20012: 'tid:version oldversion:version newversion:version',
  },
  replies: { 10000: 'vote_no:', 20004: 'dbversion:version' },
}

/** By port of the server. */
export const SERVICES: Readonly<Record<number, Service | undefined>> = {
  7000: FILES, 7001: CALLBACKS, 7002: PROTECTION, 7003: LOCATIONS, 7004: AUTHENTICATION, 7005: VOLUMES, 7007: OVERSEER,
}

/** A number in tables like `130:fetch-data,fetch-acl 220:residency`; `op#5` for one that is not there. */
export function callName(names: string, number: number): string {
  for (const run of names.split(' ')) {
    const [first, list = ''] = run.split(':')
    const name = number < Number(first) ? undefined : list.split(',')[number - Number(first)]
    if (name !== undefined) return name
  }
  return `op#${number}`
}

export const isUbik = (number: number): boolean => (number >= 10000 && number <= 10007) || (number >= 20000 && number <= 20013)
