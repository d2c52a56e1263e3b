import { test } from "vitest";
import { loadRules } from '../../src/rules/load.ts';
const N=Number(process.env.N);
const fill=(s:string)=>s.repeat(Math.floor(N/s.length));
const head='id: 1525a733-192f-41f2-96ba-d3f631ca00d0\nname: x\n';
const cases:Record<string,[string,string]>={
 flow:['a.yaml',fill('[')], braces:['a.yaml',fill('{a: ')], dash:['a.yaml',fill('- ')], q:['a.yaml',fill('? ')],
 manykeys:['a.yaml',head+'query: T\nx: {'+Array.from({length:150000},(_,i)=>'k'+i).join(', ')+'}\n'],
 manykeys2:['a.yaml',head+'query: T\n'+Array.from({length:150000},(_,i)=>'k'+i+': 1').join('\n')],
 anchors:['a.yaml',head+'query: T\nx:\n'+Array.from({length:60000},(_,i)=>'  - &a'+i+' x').join('\n')+'\n'+Array.from({length:60000},(_,i)=>'  - *a'+i).join('\n')],
 bomb:['a.yaml',head+'query: T\na: &a [x,x,x,x,x,x,x,x,x]\n'+'bcdefghij'.split('').map((c,i)=>`${c}: &${c} [${Array(9).fill('*'+'abcdefghij'[i]).join(', ')}]`).join('\n')],
 loop:['a.yaml',head+'query: T\na: &a [*a]\n'],
 spaces:['a.yaml',head+'query: |'+fill(' ')], quote:['a.yaml',head+'query: "'+fill('\\')], quote2:['a.yaml',head+'query: "'+fill('\\\n ')],
 lostq:['a.yaml',head+'query: |\n'+fill('| where (x\n')+'\nseverity: High'], 
 lost2:['a.txt','prose\n'+head+'query: |\n'+fill('"')],lost3:['a.txt','prose\n'+head+'query: |\n'+fill("@'")],
 hash:['a.md',fill('#')], hash2:['a.md','# a '+fill(' #')+'x'], fences:['a.md',fill('```\n')], tick:['a.md',fill('`')], hsp:['a.md','# '+fill(' ')+'x'],
 kql:['a.kql',fill('|')], txt:['a.txt',fill('| ')], txt2:['a.txt',fill('let a\n')], star:['a.txt','KQL Query\nT\n'+fill('*')], sc:['a.txt','KQL Query\nT\n'+fill('* ')+'\n'+fill('*_ ')], scenario:['a.txt','KQL Query\nT\n'+fill('Scenario: x\n')],
 ctl:['a.yaml',head+'query: T\ndescription: '+fill('\x01')], cr:['a.yaml',fill('\r')], ph:['a.yaml',head+'query: T\nx: {{'+fill('}}')], ph2:['a.yaml',fill('- {{}} \n')],
 tabs:['a.yaml',head+'query: T\n'+fill('\tx: y\n')], dashcol:['a.yaml',head+'query: T\nrequiredDataConnectors:\n'+fill('  - connectorId: x\n  dataTypes:\n  - y\n')],
 nested:['a.yaml',head+'query: T\n'+fill('entityMappings:\n- entityType: a\nfieldMappings:\n')], swallowed:['a.yaml',head+'query: |\n'+fill('  entityMappings:\n  - entityType: a\n')],
 docs:['a.yaml',fill('---\na: b\n')], plainlong:['a.yaml',head+'query: '+fill('abc\n  ')], errs:['a.yaml',fill('a: b: c\n')], tagx:['a.yaml',head+'query: !!foo '+fill('!')],
 dq:['a.yaml',head+'query: "'+fill('\\u0041')+'"'], technique:['a.yaml',head+'query: T\nrelevantTechniques: '+fill('T1,')], sev:['a.yaml',head+'query: T\nseverity: '+fill('h')],kqltag:['a.yaml',head+'query: T\nname2: '+fill(',')],
 techl:['a.yaml',head+'query: T\nrelevantTechniques: ['+fill('T1,')+']'],
};
for(const [k,[p,t]] of Object.entries(cases)) test(k,()=>{process.stderr.write("start "+k+"\n");const t0=performance.now();const f=loadRules(t,p);const dt=performance.now()-t0;console.log(k,t.length,Math.round(dt)+'ms',f.rules.length,f.repairs.length,f.problems.length,JSON.stringify(f.problems[0]??null).slice(0,220))});
