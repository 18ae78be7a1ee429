<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About Branchline</source>
      <translation>关于 Branchline</translation>
    </message>
    <message>
      <source>Branchline: MIT</source>
      <translation>Branchline：MIT</translation>
    </message>
    <message>
      <source>Built-in model</source>
      <translation>内置模型</translation>
    </message>
    <message>
      <source>Demo sessions</source>
      <translation>演示会话</translation>
    </message>
    <message>
      <source>Licences</source>
      <translation>许可证</translation>
    </message>
    <message>
      <source>Scrub through LLM sessions, rebuild state at any event, branch, and continue.</source>
      <translation>像拖动视频一样浏览 LLM 会话，重建任一事件处的状态，分支并继续。</translation>
    </message>
    <message>
      <source>Stands on</source>
      <translation>依赖</translation>
    </message>
    <message>
      <source>none are installed</source>
      <translation>没有安装任何依赖</translation>
    </message>
  </context>
  <context>
    <name>Actions</name>
    <message>
      <source>A step back by the clock</source>
      <translation>按时间后退一步</translation>
    </message>
    <message>
      <source>A step on by the clock</source>
      <translation>按时间前进一步</translation>
    </message>
    <message>
      <source>About Branchline</source>
      <translation>关于 Branchline</translation>
    </message>
    <message>
      <source>About the branch</source>
      <translation>关于此分支</translation>
    </message>
    <message>
      <source>About this session</source>
      <translation>关于此会话</translation>
    </message>
    <message>
      <source>Archive the branch</source>
      <translation>归档此分支</translation>
    </message>
    <message>
      <source>Before the first event</source>
      <translation>第一个事件之前</translation>
    </message>
    <message>
      <source>Branch here</source>
      <translation>在此分支</translation>
    </message>
    <message>
      <source>Branch tree</source>
      <translation>分支树</translation>
    </message>
    <message>
      <source>Branches</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>By event or as recorded</source>
      <translation>按事件或按记录的节奏</translation>
    </message>
    <message>
      <source>By event, by clock, without idle time</source>
      <translation>按事件、按时钟、去除空闲时间</translation>
    </message>
    <message>
      <source>Child branch visited last</source>
      <translation>上次访问的子分支</translation>
    </message>
    <message>
      <source>Choose branches to compare</source>
      <translation>选择要比较的分支</translation>
    </message>
    <message>
      <source>Command palette</source>
      <translation>命令面板</translation>
    </message>
    <message>
      <source>Compare from here, or with the previous event</source>
      <translation>从此处比较，或与上一事件比较</translation>
    </message>
    <message>
      <source>Compare with the parent branch</source>
      <translation>与父分支比较</translation>
    </message>
    <message>
      <source>Continue with a model</source>
      <translation>用模型继续</translation>
    </message>
    <message>
      <source>Copy a link to this moment</source>
      <translation>复制指向此刻的链接</translation>
    </message>
    <message>
      <source>Copy the notebook as Markdown</source>
      <translation>将笔记本复制为 Markdown</translation>
    </message>
    <message>
      <source>Default path of the session, or no longer</source>
      <translation>设为会话的默认路径，或取消</translation>
    </message>
    <message>
      <source>Edit on a branch</source>
      <translation>在分支上编辑</translation>
    </message>
    <message>
      <source>Explain a value, list its changes</source>
      <translation>解释一个值，列出它的变化</translation>
    </message>
    <message>
      <source>Export or report…</source>
      <translation>导出或报告…</translation>
    </message>
    <message>
      <source>Find a session</source>
      <translation>查找会话</translation>
    </message>
    <message>
      <source>Find when a condition becomes true</source>
      <translation>查找条件何时成立</translation>
    </message>
    <message>
      <source>Go to an event or a time</source>
      <translation>转到某个事件或时间</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <source>Import a folder…</source>
      <translation>导入文件夹…</translation>
    </message>
    <message>
      <source>Import files…</source>
      <translation>导入文件…</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>按键</translation>
    </message>
    <message>
      <source>Label the marker</source>
      <translation>给标记加说明</translation>
    </message>
    <message>
      <source>Last event</source>
      <translation>最后一个事件</translation>
    </message>
    <message>
      <source>Leave out on a branch</source>
      <translation>在分支上省去</translation>
    </message>
    <message>
      <source>Library of instructions</source>
      <translation>指令库</translation>
    </message>
    <message>
      <source>Light or dark</source>
      <translation>浅色或深色</translation>
    </message>
    <message>
      <source>Look for personal data…</source>
      <translation>查找个人数据…</translation>
    </message>
    <message>
      <source>Look like the desktop</source>
      <translation>与桌面一致</translation>
    </message>
    <message>
      <source>Map a file or database…</source>
      <translation>映射文件或数据库…</translation>
    </message>
    <message>
      <source>Mask personal data on screen</source>
      <translation>在屏幕上遮盖个人数据</translation>
    </message>
    <message>
      <source>Models of the server</source>
      <translation>服务器上的模型</translation>
    </message>
    <message>
      <source>Next change of the pinned field</source>
      <translation>固定字段的下一处变化</translation>
    </message>
    <message>
      <source>Next difference between branches</source>
      <translation>分支间的下一处差异</translation>
    </message>
    <message>
      <source>Next event</source>
      <translation>下一个事件</translation>
    </message>
    <message>
      <source>Next event of the same kind</source>
      <translation>下一个同类事件</translation>
    </message>
    <message>
      <source>Next hit</source>
      <translation>下一处命中</translation>
    </message>
    <message>
      <source>Next marker or note</source>
      <translation>下一个标记或笔记</translation>
    </message>
    <message>
      <source>Next problem</source>
      <translation>下一个问题</translation>
    </message>
    <message>
      <source>Next sibling branch</source>
      <translation>下一个同级分支</translation>
    </message>
    <message>
      <source>Next turn</source>
      <translation>下一轮</translation>
    </message>
    <message>
      <source>Notebook</source>
      <translation>笔记本</translation>
    </message>
    <message>
      <source>Parent branch</source>
      <translation>父分支</translation>
    </message>
    <message>
      <source>Play all again</source>
      <translation>恢复播放全部</translation>
    </message>
    <message>
      <source>Play backwards, again for faster</source>
      <translation>倒放，再按加快</translation>
    </message>
    <message>
      <source>Play forwards, again for faster</source>
      <translation>正放，再按加快</translation>
    </message>
    <message>
      <source>Play from here</source>
      <translation>从此处开始播放</translation>
    </message>
    <message>
      <source>Play in a loop</source>
      <translation>循环播放</translation>
    </message>
    <message>
      <source>Play or pause</source>
      <translation>播放或暂停</translation>
    </message>
    <message>
      <source>Play the rest again</source>
      <translation>重新播放其余部分</translation>
    </message>
    <message>
      <source>Play the rest of sessions again…</source>
      <translation>重新播放多个会话的其余部分…</translation>
    </message>
    <message>
      <source>Play up to here</source>
      <translation>播放到此处</translation>
    </message>
    <message>
      <source>Playhead</source>
      <translation>播放头</translation>
    </message>
    <message>
      <source>Playhead in the middle, again for all</source>
      <translation>播放头居中，再按显示全部</translation>
    </message>
    <message>
      <source>Playing</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Preferences…</source>
      <translation>偏好设置…</translation>
    </message>
    <message>
      <source>Previous change of the pinned field</source>
      <translation>固定字段的上一处变化</translation>
    </message>
    <message>
      <source>Previous difference</source>
      <translation>上一处差异</translation>
    </message>
    <message>
      <source>Previous event</source>
      <translation>上一个事件</translation>
    </message>
    <message>
      <source>Previous event of the same kind</source>
      <translation>上一个同类事件</translation>
    </message>
    <message>
      <source>Previous hit</source>
      <translation>上一处命中</translation>
    </message>
    <message>
      <source>Previous marker or note</source>
      <translation>上一个标记或笔记</translation>
    </message>
    <message>
      <source>Previous problem</source>
      <translation>上一个问题</translation>
    </message>
    <message>
      <source>Previous sibling branch</source>
      <translation>上一个同级分支</translation>
    </message>
    <message>
      <source>Previous turn</source>
      <translation>上一轮</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Rate this event</source>
      <translation>给此事件评分</translation>
    </message>
    <message>
      <source>Read anew</source>
      <translation>重新读取</translation>
    </message>
    <message>
      <source>Rename the branch</source>
      <translation>重命名分支</translation>
    </message>
    <message>
      <source>Search all sessions</source>
      <translation>搜索全部会话</translation>
    </message>
    <message>
      <source>Search this branch</source>
      <translation>搜索此分支</translation>
    </message>
    <message>
      <source>Sessions</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>Set a marker</source>
      <translation>设置标记</translation>
    </message>
    <message>
      <source>Speed 0.25×</source>
      <translation>速度 0.25×</translation>
    </message>
    <message>
      <source>Speed 0.5×</source>
      <translation>速度 0.5×</translation>
    </message>
    <message>
      <source>Speed 16×</source>
      <translation>速度 16×</translation>
    </message>
    <message>
      <source>Speed 1×</source>
      <translation>速度 1×</translation>
    </message>
    <message>
      <source>Speed 2×</source>
      <translation>速度 2×</translation>
    </message>
    <message>
      <source>Speed 32×</source>
      <translation>速度 32×</translation>
    </message>
    <message>
      <source>Speed 4×</source>
      <translation>速度 4×</translation>
    </message>
    <message>
      <source>Speed 8×</source>
      <translation>速度 8×</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Stop the model</source>
      <translation>停止模型</translation>
    </message>
    <message>
      <source>Tag this event</source>
      <translation>给此事件加标签</translation>
    </message>
    <message>
      <source>The customer's whole story</source>
      <translation>该客户的全部经历</translation>
    </message>
    <message>
      <source>Timeline as a list</source>
      <translation>以列表显示时间线</translation>
    </message>
    <message>
      <source>Try variants from here</source>
      <translation>从此处尝试多个变体</translation>
    </message>
    <message>
      <source>Undo in the notebook, or of a branch</source>
      <translation>撤销笔记本或分支的改动</translation>
    </message>
    <message>
      <source>View</source>
      <translation>视图</translation>
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation>监视文件夹…</translation>
    </message>
    <message>
      <source>Whole branch</source>
      <translation>整个分支</translation>
    </message>
    <message>
      <source>Write a note</source>
      <translation>写笔记</translation>
    </message>
    <message>
      <source>Zoom into the timeline</source>
      <translation>放大时间线</translation>
    </message>
    <message>
      <source>Zoom out of the timeline</source>
      <translation>缩小时间线</translation>
    </message>
  </context>
  <context>
    <name>AxisButton</name>
    <message>
      <source>Laid out by event: no event of this branch has a time</source>
      <translation>按事件排列：此分支没有带时间的事件</translation>
    </message>
    <message>
      <source>Laid out: {axis}</source>
      <translation>排列方式：{axis}</translation>
    </message>
  </context>
  <context>
    <name>BlindDialog</name>
    <message>
      <source>Done.</source>
      <translation>完成。</translation>
    </message>
    <message>
      <source>Left answer</source>
      <translation>左侧回答</translation>
    </message>
    <message>
      <source>Left is better</source>
      <translation>左侧更好</translation>
    </message>
    <message>
      <source>Names come with the result, when all is judged or skipped.</source>
      <translation>全部评判或跳过之后，结果会给出名称。</translation>
    </message>
    <message>
      <source>Nothing was judged yet.</source>
      <translation>尚未评判任何回答。</translation>
    </message>
    <message>
      <source>Right answer</source>
      <translation>右侧回答</translation>
    </message>
    <message>
      <source>Right is better</source>
      <translation>右侧更好</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>跳过</translation>
    </message>
    <message>
      <source>The same</source>
      <translation>一样</translation>
    </message>
    <message>
      <source>These branches never answer the same words differently; there is nothing to judge.</source>
      <translation>这些分支对同样的话从未给出不同回答，没有可评判的内容。</translation>
    </message>
    <message>
      <source>Which answer is better?</source>
      <translation>哪个回答更好？</translation>
    </message>
    <message>
      <source>Why (kept with the judgement)</source>
      <translation>理由（随评判一起保存）</translation>
    </message>
    <message>
      <source>{number} of {all}</source>
      <translation>第 {number} 个，共 {all} 个</translation>
    </message>
  </context>
  <context>
    <name>BranchCard</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Expected</source>
      <translation>预期</translation>
    </message>
    <message>
      <source>Hypothesis</source>
      <translation>假设</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
  </context>
  <context>
    <name>BranchChooser</name>
    <message>
      <source>Branches of the session</source>
      <translation>会话的分支</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>比较</translation>
    </message>
    <message>
      <source>Compare branches</source>
      <translation>比较分支</translation>
    </message>
    <message>
      <source>Find a branch</source>
      <translation>查找分支</translation>
    </message>
    <message>
      <source>Tick {fewest} to {most} branches; the first one ticked is the baseline.</source>
      <translation>勾选 {fewest} 至 {most} 个分支；最先勾选的是基准。</translation>
    </message>
    <message>
      <source>{count} of at most {most} ticked; the others are held against {name}.</source>
      <translation>已勾选 {count} 个，最多 {most} 个；其余与 {name} 对照。</translation>
    </message>
    <message>
      <source>{events} events, from {fork}</source>
      <translation>{events} 个事件，自 {fork} 起</translation>
    </message>
  </context>
  <context>
    <name>BranchDesk</name>
    <message>
      <source>Undone.</source>
      <translation>已撤销。</translation>
    </message>
    <message>
      <source>{said} {keys} takes it back.</source>
      <translation>{said} 按 {keys} 可撤回。</translation>
    </message>
  </context>
  <context>
    <name>BranchTreeView</name>
    <message>
      <source>B branches at the playhead.</source>
      <translation>按 B 在播放头处分支。</translation>
    </message>
    <message>
      <source>Branches of the session</source>
      <translation>会话的分支</translation>
    </message>
    <message>
      <source>{count} archived, hide</source>
      <translation>{count} 个已归档，隐藏</translation>
    </message>
    <message>
      <source>{count} archived, show</source>
      <translation>{count} 个已归档，显示</translation>
    </message>
  </context>
  <context>
    <name>Branches</name>
    <message>
      <source>1 event of its own</source>
      <translation>自有 1 个事件</translation>
    </message>
    <message>
      <source>1 its own</source>
      <translation>自有 1</translation>
    </message>
    <message>
      <source>About this branch</source>
      <translation>关于此分支</translation>
    </message>
    <message>
      <source>Amber</source>
      <translation>琥珀色</translation>
    </message>
    <message>
      <source>Archive</source>
      <translation>归档</translation>
    </message>
    <message>
      <source>Archive with the branch made from it</source>
      <translation>连同由它产生的分支一起归档</translation>
    </message>
    <message>
      <source>Archive with {count} made from it</source>
      <translation>连同由它产生的 {count} 个分支一起归档</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>蓝色</translation>
    </message>
    <message>
      <source>Bring back from the archive</source>
      <translation>从归档中取回</translation>
    </message>
    <message>
      <source>By itself</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Comes from</source>
      <translation>来自</translation>
    </message>
    <message>
      <source>Compare with the branch in focus</source>
      <translation>与当前分支比较</translation>
    </message>
    <message>
      <source>Continue from here</source>
      <translation>从此处继续</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>Expected</source>
      <translation>预期</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>绿色</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>灰色</translation>
    </message>
    <message>
      <source>Hypothesis</source>
      <translation>假设</translation>
    </message>
    <message>
      <source>Leaves</source>
      <translation>离开处</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>创建者</translation>
    </message>
    <message>
      <source>Make it the default path</source>
      <translation>设为默认路径</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>No longer the default path</source>
      <translation>不再作为默认路径</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>笔记</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>红色</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Rose</source>
      <translation>玫瑰色</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>State hash</source>
      <translation>状态哈希</translation>
    </message>
    <message>
      <source>Switch to it</source>
      <translation>切换到它</translation>
    </message>
    <message>
      <source>Teal</source>
      <translation>青色</translation>
    </message>
    <message>
      <source>Violet</source>
      <translation>紫色</translation>
    </message>
    <message>
      <source>archived</source>
      <translation>已归档</translation>
    </message>
    <message>
      <source>asked once</source>
      <translation>询问过一次</translation>
    </message>
    <message>
      <source>asked {count} times</source>
      <translation>询问过 {count} 次</translation>
    </message>
    <message>
      <source>at event {n}</source>
      <translation>在事件 {n}</translation>
    </message>
    <message>
      <source>default path</source>
      <translation>默认路径</translation>
    </message>
    <message>
      <source>depth {depth}</source>
      <translation>深度 {depth}</translation>
    </message>
    <message>
      <source>in focus, playhead at event {position}</source>
      <translation>当前分支，播放头在事件 {position}</translation>
    </message>
    <message>
      <source>its first event is the same as in {branch}</source>
      <translation>第一个事件与 {branch} 相同</translation>
    </message>
    <message>
      <source>its first {count} events are the same as in {branch}</source>
      <translation>前 {count} 个事件与 {branch} 相同</translation>
    </message>
    <message>
      <source>made from {parent} at event {fork}</source>
      <translation>由 {parent} 在事件 {fork} 处产生</translation>
    </message>
    <message>
      <source>not recorded</source>
      <translation>未记录</translation>
    </message>
    <message>
      <source>server {version}</source>
      <translation>服务器 {version}</translation>
    </message>
    <message>
      <source>the trunk</source>
      <translation>主干</translation>
    </message>
    <message>
      <source>{events}, {own}</source>
      <translation>{events}，{own}</translation>
    </message>
    <message>
      <source>{own} events of its own</source>
      <translation>自有 {own} 个事件</translation>
    </message>
    <message>
      <source>{own} its own</source>
      <translation>自有 {own}</translation>
    </message>
    <message>
      <source>{parent}, after event {fork}</source>
      <translation>{parent}，事件 {fork} 之后</translation>
    </message>
    <message>
      <source>★ default path</source>
      <translation>★ 默认路径</translation>
    </message>
  </context>
  <context>
    <name>BranchesModel</name>
    <message>
      <source>Fork</source>
      <translation>分叉</translation>
    </message>
    <message>
      <source>Line</source>
      <translation>连线</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Own</source>
      <translation>自有</translation>
    </message>
    <message>
      <source>fork {number}</source>
      <translation>分叉于 {number}</translation>
    </message>
    <message>
      <source>own {number}</source>
      <translation>自有 {number}</translation>
    </message>
  </context>
  <context>
    <name>BranchesPanel</name>
    <message>
      <source>Open a session to see its branches here.</source>
      <translation>打开会话后，这里显示它的分支。</translation>
    </message>
  </context>
  <context>
    <name>CheckRow</name>
    <message>
      <source>0 to 1: ROUGE-L F1 to the recorded answer, at least</source>
      <translation>0 到 1：与已记录回答的 ROUGE-L F1，至少</translation>
    </message>
    <message>
      <source>Capital and small letters are the same</source>
      <translation>不区分大小写</translation>
    </message>
    <message>
      <source>Contains</source>
      <translation>包含</translation>
    </message>
    <message>
      <source>Empty for all; last; or numbers: 1, -1 is the first and the last</source>
      <translation>留空为全部；last 为最后一轮；或数字：1, -1 表示第一轮和最后一轮</translation>
    </message>
    <message>
      <source>Follows schema</source>
      <translation>符合模式</translation>
    </message>
    <message>
      <source>Matches</source>
      <translation>匹配</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Remove this check</source>
      <translation>移除此检查</translation>
    </message>
    <message>
      <source>Similar</source>
      <translation>相似</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Turns that are checked</source>
      <translation>要检查的轮次</translation>
    </message>
    <message>
      <source>What is checked</source>
      <translation>检查什么</translation>
    </message>
    <message>
      <source>What it is held against</source>
      <translation>对照的内容</translation>
    </message>
    <message>
      <source>a JSON schema: {"type": "object"}</source>
      <translation>JSON 模式：{"type": "object"}</translation>
    </message>
    <message>
      <source>a condition, as in find when</source>
      <translation>条件，写法同“查找何时”</translation>
    </message>
    <message>
      <source>a regular expression, such as \d+ EUR</source>
      <translation>正则表达式，例如 \d+ EUR</translation>
    </message>
    <message>
      <source>a text in the answer</source>
      <translation>回答中的一段文字</translation>
    </message>
    <message>
      <source>all turns</source>
      <translation>所有轮次</translation>
    </message>
    <message>
      <source>any case</source>
      <translation>不分大小写</translation>
    </message>
    <message>
      <source>must not</source>
      <translation>不得</translation>
    </message>
  </context>
  <context>
    <name>ChecksEditor</name>
    <message>
      <source>Add a check</source>
      <translation>添加检查</translation>
    </message>
    <message>
      <source>Checks in TOML or JSON, as branchline rerun --checks takes them</source>
      <translation>TOML 或 JSON 格式的检查，与 branchline rerun --checks 相同</translation>
    </message>
    <message>
      <source>From a file…</source>
      <translation>从文件…</translation>
    </message>
    <message>
      <source>None: answers are only held against the recorded ones.</source>
      <translation>没有：回答只与已记录的回答对照。</translation>
    </message>
  </context>
  <context>
    <name>ChoicePage</name>
    <message>
      <source>A word to whoever opens it</source>
      <translation>给打开者的一句话</translation>
    </message>
    <message>
      <source>Along with it</source>
      <translation>一并带上</translation>
    </message>
    <message>
      <source>Attached pictures (not looked through)</source>
      <translation>附带的图片（内容不会被检查）</translation>
    </message>
    <message>
      <source>Branches</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Branches that go along</source>
      <translation>一并带上的分支</translation>
    </message>
    <message>
      <source>Form</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Looking at what the form can hold…</source>
      <translation>正在查看该格式能容纳什么…</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>制作人</translation>
    </message>
    <message>
      <source>Markers, notes, tags and ratings</source>
      <translation>标记、笔记、标签和评分</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>留言</translation>
    </message>
    <message>
      <source>Part</source>
      <translation>范围</translation>
    </message>
    <message>
      <source>This form cannot hold: {what}.</source>
      <translation>该格式无法容纳：{what}。</translation>
    </message>
    <message>
      <source>What detectors found</source>
      <translation>检测器的发现</translation>
    </message>
    <message>
      <source>What the form cannot hold</source>
      <translation>该格式无法容纳的内容</translation>
    </message>
    <message>
      <source>Who makes it</source>
      <translation>由谁制作</translation>
    </message>
    <message>
      <source>Your name, if the report shall say it</source>
      <translation>您的姓名（若要写进报告）</translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message>
      <source>This session names no customer, so there is no story to tell.</source>
      <translation>此会话没有指明客户，因此没有可讲述的经历。</translation>
    </message>
  </context>
  <context>
    <name>Compare</name>
    <message>
      <source>Before the first event</source>
      <translation>第一个事件之前</translation>
    </message>
    <message>
      <source>End of {branch}</source>
      <translation>{branch} 的末尾</translation>
    </message>
    <message>
      <source>Where this branch forked, event {position}</source>
      <translation>此分支的分叉处，事件 {position}</translation>
    </message>
    <message>
      <source>event {position} · {words}</source>
      <translation>事件 {position} · {words}</translation>
    </message>
  </context>
  <context>
    <name>ComparePresenter</name>
    <message>
      <source>From event {a:,} of {branch_a} to event {b:,} of {branch_b}</source>
      <translation>从 {branch_a} 的事件 {a:,} 到 {branch_b} 的事件 {b:,}</translation>
    </message>
    <message>
      <source>The two states are the same.</source>
      <translation>两个状态相同。</translation>
    </message>
  </context>
  <context>
    <name>ComparedRows</name>
    <message>
      <source>Compared turns</source>
      <translation>比较的轮次</translation>
    </message>
    <message>
      <source>Nothing differs: all of it is the same on these branches.</source>
      <translation>没有差异：这些分支上全部相同。</translation>
    </message>
  </context>
  <context>
    <name>Completions</name>
    <message>
      <source>Paths of the state</source>
      <translation>状态的路径</translation>
    </message>
  </context>
  <context>
    <name>ComposePanel</name>
    <message>
      <source> (1 message would drop)</source>
      <translation>（1 条消息会被丢弃）</translation>
    </message>
    <message>
      <source> (may be too long)</source>
      <translation>（可能过长）</translation>
    </message>
    <message>
      <source> ({count} messages would drop)</source>
      <translation>（{count} 条消息会被丢弃）</translation>
    </message>
    <message>
      <source>Branches at event {position}, then continues; 1 later event stays on {branch}</source>
      <translation>在事件 {position} 处分支，然后继续；之后 1 个事件留在 {branch}</translation>
    </message>
    <message>
      <source>Branches at event {position}, then continues; {later} later events stay on {branch}</source>
      <translation>在事件 {position} 处分支，然后继续；之后 {later} 个事件留在 {branch}</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Continues {branch} after event {position}</source>
      <translation>在事件 {position} 之后继续 {branch}</translation>
    </message>
    <message>
      <source>Instructions</source>
      <translation>指令</translation>
    </message>
    <message>
      <source>Instructions (system prompt); none so far</source>
      <translation>指令（系统提示词）；目前没有</translation>
    </message>
    <message>
      <source>Look for models again</source>
      <translation>重新查找模型</translation>
    </message>
    <message>
      <source>Looking for models</source>
      <translation>正在查找模型</translation>
    </message>
    <message>
      <source>More for the request: {what}</source>
      <translation>请求的更多设置：{what}</translation>
    </message>
    <message>
      <source>More ●</source>
      <translation>更多 ●</translation>
    </message>
    <message>
      <source>More…</source>
      <translation>更多…</translation>
    </message>
    <message>
      <source>Next customer message</source>
      <translation>下一条客户消息</translation>
    </message>
    <message>
      <source>Next customer message (leave empty to let the model answer as is)</source>
      <translation>下一条客户消息（留空则让模型直接回答）</translation>
    </message>
    <message>
      <source>Options, form of the answer, thinking, pictures, context and tools</source>
      <translation>选项、回答格式、思考、图片、上下文和工具</translation>
    </message>
    <message>
      <source>Prompt</source>
      <translation>提示词</translation>
    </message>
    <message>
      <source>Prompt ✓</source>
      <translation>提示词 ✓</translation>
    </message>
    <message>
      <source>Send the same request once more; what the customer said is not said again</source>
      <translation>再次发送同一请求；客户说过的话不会重复</translation>
    </message>
    <message>
      <source>Show or change the system prompt the model will follow</source>
      <translation>显示或修改模型将遵循的系统提示词</translation>
    </message>
    <message>
      <source>Show the request as it will be sent, and what of the state goes into it</source>
      <translation>显示将要发送的请求，以及状态中的哪些内容会进入其中</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>The answer does not follow the form that was asked for: {why}.</source>
      <translation>回答不符合所要求的形式：{why}。</translation>
    </message>
    <message>
      <source>The model did not see all of the conversation.</source>
      <translation>模型没有看到全部对话。</translation>
    </message>
    <message>
      <source>The server has no model yet; the button … beside Model fetches one.</source>
      <translation>服务器上还没有模型；“模型”旁的 … 按钮可获取。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>about {tokens} of {room} tokens, estimated</source>
      <translation>约 {tokens} / {room} 个 token，估计值</translation>
    </message>
    <message>
      <source>about {tokens} tokens beside the conversation, estimated</source>
      <translation>对话之外约 {tokens} 个 token，估计值</translation>
    </message>
    <message>
      <source>about {tokens} tokens, estimated</source>
      <translation>约 {tokens} 个 token，估计值</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>无</translation>
    </message>
    <message>
      <source>{prompt} tokens read, {tokens} written</source>
      <translation>读取 {prompt} 个 token，写出 {tokens} 个</translation>
    </message>
  </context>
  <context>
    <name>Conversation</name>
    <message>
      <source> · the first part of {size} characters</source>
      <translation> · {size} 个字符中的第一部分</translation>
    </message>
    <message>
      <source>1 item</source>
      <translation>1 项</translation>
    </message>
    <message>
      <source>Agent</source>
      <translation>客服</translation>
    </message>
    <message>
      <source>Arguments</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>Assistant</source>
      <translation>助手</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>Edit on a branch…</source>
      <translation>在分支上编辑…</translation>
    </message>
    <message>
      <source>Error</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>Go to event {position}</source>
      <translation>转到事件 {position}</translation>
    </message>
    <message>
      <source>History of the list shown</source>
      <translation>所示列表的历史</translation>
    </message>
    <message>
      <source>History of this message</source>
      <translation>此消息的历史</translation>
    </message>
    <message>
      <source>Leave out on a branch…</source>
      <translation>在分支上省去…</translation>
    </message>
    <message>
      <source>Make it a message</source>
      <translation>设为消息</translation>
    </message>
    <message>
      <source>Rate it</source>
      <translation>评分</translation>
    </message>
    <message>
      <source>Replace the tool's result on a branch…</source>
      <translation>在分支上替换工具的结果…</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Set a marker here</source>
      <translation>在此设置标记</translation>
    </message>
    <message>
      <source>Show or hide the payload</source>
      <translation>显示或隐藏内容</translation>
    </message>
    <message>
      <source>Show or hide what it thought</source>
      <translation>显示或隐藏其思考</translation>
    </message>
    <message>
      <source>Shown</source>
      <translation>已显示</translation>
    </message>
    <message>
      <source>System</source>
      <translation>系统</translation>
    </message>
    <message>
      <source>Tag it</source>
      <translation>加标签</translation>
    </message>
    <message>
      <source>Thinking</source>
      <translation>思考</translation>
    </message>
    <message>
      <source>Tool</source>
      <translation>工具</translation>
    </message>
    <message>
      <source>Write a note here</source>
      <translation>在此写笔记</translation>
    </message>
    <message>
      <source>[picture, not loaded: {name}]</source>
      <translation>[图片，未加载：{name}]</translation>
    </message>
    <message>
      <source>applied again, event {position} of the record</source>
      <translation>再次应用，对应记录中的事件 {position}</translation>
    </message>
    <message>
      <source>calling a tool</source>
      <translation>正在调用工具</translation>
    </message>
    <message>
      <source>changed here, was event {position}</source>
      <translation>在此改动过，原为事件 {position}</translation>
    </message>
    <message>
      <source>computed by Branchline ({strategy})</source>
      <translation>由 Branchline 计算（{strategy}）</translation>
    </message>
    <message>
      <source>connecting</source>
      <translation>正在连接</translation>
    </message>
    <message>
      <source>continued by {model}</source>
      <translation>由 {model} 续写</translation>
    </message>
    <message>
      <source>continued here</source>
      <translation>在此续写</translation>
    </message>
    <message>
      <source>done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>edited</source>
      <translation>已编辑</translation>
    </message>
    <message>
      <source>event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>failed before the first word</source>
      <translation>在第一个字之前失败</translation>
    </message>
    <message>
      <source>failed; the partial text is kept as an event</source>
      <translation>失败；部分文本保留为事件</translation>
    </message>
    <message>
      <source>generating</source>
      <translation>正在生成</translation>
    </message>
    <message>
      <source>hidden</source>
      <translation>已隐藏</translation>
    </message>
    <message>
      <source>loading the model</source>
      <translation>正在加载模型</translation>
    </message>
    <message>
      <source>not returned</source>
      <translation>未返回</translation>
    </message>
    <message>
      <source>partial</source>
      <translation>部分</translation>
    </message>
    <message>
      <source>partial, failed: {reason}</source>
      <translation>部分，失败：{reason}</translation>
    </message>
    <message>
      <source>partial, stopped: no message</source>
      <translation>部分，已停止：不是消息</translation>
    </message>
    <message>
      <source>partial; a message since event {position}</source>
      <translation>部分；自事件 {position} 起为消息</translation>
    </message>
    <message>
      <source>processing prompt</source>
      <translation>正在处理提示词</translation>
    </message>
    <message>
      <source>prompt cut</source>
      <translation>提示词被截断</translation>
    </message>
    <message>
      <source>recorded</source>
      <translation>已记录</translation>
    </message>
    <message>
      <source>result is a stub, made up</source>
      <translation>结果是占位内容，非真实返回</translation>
    </message>
    <message>
      <source>result taken from the record</source>
      <translation>结果取自记录</translation>
    </message>
    <message>
      <source>result typed by a person</source>
      <translation>结果由人输入</translation>
    </message>
    <message>
      <source>retracted</source>
      <translation>已撤回</translation>
    </message>
    <message>
      <source>returned</source>
      <translation>已返回</translation>
    </message>
    <message>
      <source>stopped before the first word</source>
      <translation>在第一个字之前停止</translation>
    </message>
    <message>
      <source>stopped; the partial text is kept as an event</source>
      <translation>已停止；部分文本保留为事件</translation>
    </message>
    <message>
      <source>the item itself</source>
      <translation>物品本身</translation>
    </message>
    <message>
      <source>thinking</source>
      <translation>思考中</translation>
    </message>
    <message>
      <source>thought first</source>
      <translation>先作思考</translation>
    </message>
    <message>
      <source>typed here</source>
      <translation>在此输入</translation>
    </message>
    <message>
      <source>with 1 picture</source>
      <translation>附 1 张图片</translation>
    </message>
    <message>
      <source>with {count} pictures</source>
      <translation>附 {count} 张图片</translation>
    </message>
    <message>
      <source>{count} items</source>
      <translation>{count} 项</translation>
    </message>
    <message>
      <source>{rate} tokens/s</source>
      <translation>{rate} token/秒</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} 秒</translation>
    </message>
    <message>
      <source>{shown} of {all}</source>
      <translation>{shown} / {all}</translation>
    </message>
  </context>
  <context>
    <name>ConversationView</name>
    <message>
      <source>Bring the playhead into view and keep it there</source>
      <translation>让播放头进入视野并保持</translation>
    </message>
    <message>
      <source>Conversation at the playhead</source>
      <translation>播放头处的对话</translation>
    </message>
    <message>
      <source>Follow the playhead</source>
      <translation>跟随播放头</translation>
    </message>
    <message>
      <source>Open a session to see its conversation here.</source>
      <translation>打开会话后，这里显示它的对话。</translation>
    </message>
    <message>
      <source>Scroll the conversation</source>
      <translation>滚动对话</translation>
    </message>
    <message>
      <source>This session has no messages; its story is in the timeline and the state.</source>
      <translation>此会话没有消息；它的经过在时间线和状态中。</translation>
    </message>
  </context>
  <context>
    <name>DatabaseDialog</name>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>连接</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>数据库</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>PostgreSQL at</source>
      <translation>PostgreSQL 地址</translation>
    </message>
    <message>
      <source>The database is only read. The password is neither saved nor shown anywhere.</source>
      <translation>只读取数据库。密码既不保存，也不在任何地方显示。</translation>
    </message>
  </context>
  <context>
    <name>DetailsDialog</name>
    <message>
      <source>About this session</source>
      <translation>关于此会话</translation>
    </message>
    <message>
      <source>Began</source>
      <translation>开始时间</translation>
    </message>
    <message>
      <source>Branches</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>How it came in</source>
      <translation>如何导入</translation>
    </message>
    <message>
      <source>Id in the source</source>
      <translation>来源中的 ID</translation>
    </message>
    <message>
      <source>It was not imported: it was made here, or comes from another store.</source>
      <translation>它不是导入的：在此处创建，或来自另一个存储。</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>正在读取…</translation>
    </message>
    <message>
      <source>Session</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
    </message>
  </context>
  <context>
    <name>DiffPage</name>
    <message>
      <source>Changed by the event at the playhead</source>
      <translation>由播放头处的事件改动</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>变化</translation>
    </message>
    <message>
      <source>Compare from a mark, a note, a fork or an end</source>
      <translation>从标记、笔记、分叉或末尾开始比较</translation>
    </message>
    <message>
      <source>Compare from here</source>
      <translation>从此处比较</translation>
    </message>
    <message>
      <source>Copy patch</source>
      <translation>复制补丁</translation>
    </message>
    <message>
      <source>Copy the changes as RFC 6902 operations</source>
      <translation>将变化复制为 RFC 6902 操作</translation>
    </message>
    <message>
      <source>Keep this place as A; wherever you go then, the changes since A are shown</source>
      <translation>把此处记为 A；之后无论走到哪里，都显示自 A 以来的变化</translation>
    </message>
    <message>
      <source>Previous event</source>
      <translation>上一个事件</translation>
    </message>
  </context>
  <context>
    <name>DifferenceText</name>
    <message>
      <source>Before and after, word by word</source>
      <translation>之前与之后，逐词对照</translation>
    </message>
    <message>
      <source>Choose a change to read it word by word.</source>
      <translation>选择一处变化，逐词阅读。</translation>
    </message>
  </context>
  <context>
    <name>EditDialog</name>
    <message>
      <source>Apply the later recorded events again after it</source>
      <translation>之后再次应用后面已记录的事件</translation>
    </message>
    <message>
      <source>Edit on a branch</source>
      <translation>在分支上编辑</translation>
    </message>
    <message>
      <source>Else the branch ends with the change, to be continued by a model or by further changes</source>
      <translation>否则分支以此改动结束，由模型或进一步的改动继续</translation>
    </message>
  </context>
  <context>
    <name>EntryCard</name>
    <message>
      <source> · {worst} to {best}</source>
      <translation> · {worst} 至 {best}</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Enter keeps it, Shift+Enter starts a new line</source>
      <translation>Enter 保留，Shift+Enter 换行</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>说明</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Text of the entry</source>
      <translation>条目的文本</translation>
    </message>
    <message>
      <source>Text of the note</source>
      <translation>笔记的文本</translation>
    </message>
    <message>
      <source>Why (not needed)</source>
      <translation>理由（可不填）</translation>
    </message>
    <message>
      <source>{kind} at event {position}</source>
      <translation>事件 {position} 处的{kind}</translation>
    </message>
  </context>
  <context>
    <name>EntryCell</name>
    <message>
      <source>Make it a message</source>
      <translation>设为消息</translation>
    </message>
    <message>
      <source>Show from the start</source>
      <translation>从头显示</translation>
    </message>
    <message>
      <source>Show next part</source>
      <translation>显示下一部分</translation>
    </message>
    <message>
      <source>Text of the entry</source>
      <translation>条目的文本</translation>
    </message>
    <message>
      <source>What it had written becomes the assistant's message, marked as partial</source>
      <translation>已写出的部分成为助手的消息，并标记为“部分”</translation>
    </message>
    <message>
      <source>characters {first} to {last} of {total}</source>
      <translation>第 {first} 至 {last} 个字符，共 {total} 个</translation>
    </message>
    <message>
      <source>{count} table rows not shown</source>
      <translation>{count} 行表格未显示</translation>
    </message>
  </context>
  <context>
    <name>EventForm</name>
    <message>
      <source>Actor</source>
      <translation>参与者</translation>
    </message>
    <message>
      <source>Applied again</source>
      <translation>再次应用</translation>
    </message>
    <message>
      <source>Asked again</source>
      <translation>再次询问</translation>
    </message>
    <message>
      <source>Belongs to</source>
      <translation>所属</translation>
    </message>
    <message>
      <source>Caused by</source>
      <translation>起因</translation>
    </message>
    <message>
      <source>Classification</source>
      <translation>分级</translation>
    </message>
    <message>
      <source>Hash</source>
      <translation>哈希</translation>
    </message>
    <message>
      <source>Id</source>
      <translation>标识</translation>
    </message>
    <message>
      <source>In place of</source>
      <translation>代替</translation>
    </message>
    <message>
      <source>Payload of the event</source>
      <translation>事件的内容</translation>
    </message>
    <message>
      <source>Payload, the first part of {size} characters</source>
      <translation>内容，{size} 个字符中的第一部分</translation>
    </message>
    <message>
      <source>Payload, {size} characters</source>
      <translation>内容，{size} 个字符</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>位置</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>Stored</source>
      <translation>存储于</translation>
    </message>
    <message>
      <source>Subject</source>
      <translation>主体</translation>
    </message>
    <message>
      <source>This is the moment before the first event.</source>
      <translation>这是第一个事件之前的时刻。</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>event {position} of the record</source>
      <translation>记录中的事件 {position}</translation>
    </message>
    <message>
      <source>not recorded</source>
      <translation>未记录</translation>
    </message>
  </context>
  <context>
    <name>EventList</name>
    <message>
      <source>All events</source>
      <translation>全部事件</translation>
    </message>
    <message>
      <source>Events of the branch</source>
      <translation>分支的事件</translation>
    </message>
    <message>
      <source>Kind of events in the list</source>
      <translation>列表中事件的种类</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Event</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>种类</translation>
    </message>
    <message>
      <source>Marks</source>
      <translation>标记</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>What</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>no time recorded</source>
      <translation>没有记录时间</translation>
    </message>
  </context>
  <context>
    <name>ExportDesk</name>
    <message>
      <source>Write to</source>
      <translation>写入</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Export or report</source>
      <translation>导出或报告</translation>
    </message>
    <message>
      <source>Look through it</source>
      <translation>检查内容</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>在文件夹中显示</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stopped; no file was written.</source>
      <translation>已停止；没有写入任何文件。</translation>
    </message>
    <message>
      <source>Tick a branch.</source>
      <translation>请勾选一个分支。</translation>
    </message>
    <message>
      <source>Why it cannot go on</source>
      <translation>为何不能继续</translation>
    </message>
    <message>
      <source>Write the file…</source>
      <translation>写入文件…</translation>
    </message>
  </context>
  <context>
    <name>ExtrasDialog</name>
    <message>
      <source>Answer</source>
      <translation>回答</translation>
    </message>
    <message>
      <source>Earlier messages</source>
      <translation>较早的消息</translation>
    </message>
    <message>
      <source>Further options, one a line: top_k=40</source>
      <translation>更多选项，每行一个：top_k=40</translation>
    </message>
    <message>
      <source>I type every result</source>
      <translation>每个结果由我输入</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>Messages</source>
      <translation>消息</translation>
    </message>
    <message>
      <source>More for the request</source>
      <translation>请求的更多设置</translation>
    </message>
    <message>
      <source>Nothing is ever executed. Tools of this session: {names}</source>
      <translation>绝不会执行任何工具。此会话的工具：{names}</translation>
    </message>
    <message>
      <source>Options</source>
      <translation>选项</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Schema</source>
      <translation>模式</translation>
    </message>
    <message>
      <source>Send a prompt that is too long all the same: the server cuts it</source>
      <translation>提示词过长也照样发送：由服务器截断</translation>
    </message>
    <message>
      <source>Stays in memory</source>
      <translation>在内存中保留</translation>
    </message>
    <message>
      <source>Thinking</source>
      <translation>思考</translation>
    </message>
    <message>
      <source>This session has called no tool, so there is none that the model could call.</source>
      <translation>此会话没有调用过工具，因此模型也没有可调用的。</translation>
    </message>
    <message>
      <source>This session has called no tool.</source>
      <translation>此会话没有调用过工具。</translation>
    </message>
    <message>
      <source>Tools</source>
      <translation>工具</translation>
    </message>
    <message>
      <source>Turns</source>
      <translation>轮次</translation>
    </message>
    <message>
      <source>Use</source>
      <translation>使用</translation>
    </message>
    <message>
      <source>a little</source>
      <translation>少量</translation>
    </message>
    <message>
      <source>a stub</source>
      <translation>占位结果</translation>
    </message>
    <message>
      <source>all</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>as the model does</source>
      <translation>与模型一致</translation>
    </message>
    <message>
      <source>as the model likes</source>
      <translation>由模型决定</translation>
    </message>
    <message>
      <source>by a JSON schema</source>
      <translation>按 JSON 模式</translation>
    </message>
    <message>
      <source>may not be called</source>
      <translation>不可调用</translation>
    </message>
    <message>
      <source>much</source>
      <translation>大量</translation>
    </message>
    <message>
      <source>no</source>
      <translation>否</translation>
    </message>
    <message>
      <source>of the last turns</source>
      <translation>最近几轮的</translation>
    </message>
    <message>
      <source>recorded results, else I am asked</source>
      <translation>用已记录的结果，没有则问我</translation>
    </message>
    <message>
      <source>server's own, or 10m, -1 for ever</source>
      <translation>服务器默认，或 10m，-1 表示一直</translation>
    </message>
    <message>
      <source>some</source>
      <translation>中等</translation>
    </message>
    <message>
      <source>those ticked</source>
      <translation>勾选的</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>是</translation>
    </message>
  </context>
  <context>
    <name>FieldFocus</name>
    <message>
      <source>Reading the history of the field…</source>
      <translation>正在读取字段的历史…</translation>
    </message>
  </context>
  <context>
    <name>FindBar</name>
    <message>
      <source>A condition on the state; F3 and Shift+F3 go from hit to hit.</source>
      <translation>对状态的条件；F3 和 Shift+F3 在命中之间跳转。</translation>
    </message>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Close (Esc)</source>
      <translation>关闭 (Esc)</translation>
    </message>
    <message>
      <source>Close find when</source>
      <translation>关闭“查找何时”</translation>
    </message>
    <message>
      <source>Column {column}: {sentence}</source>
      <translation>第 {column} 列：{sentence}</translation>
    </message>
    <message>
      <source>Conditions searched for last</source>
      <translation>最近查找过的条件</translation>
    </message>
    <message>
      <source>End the search</source>
      <translation>结束查找</translation>
    </message>
    <message>
      <source>Find every place where it becomes true (Enter)</source>
      <translation>找出它成立的所有位置 (Enter)</translation>
    </message>
    <message>
      <source>Find when</source>
      <translation>查找何时</translation>
    </message>
    <message>
      <source>Find when this becomes true</source>
      <translation>查找此条件何时成立</translation>
    </message>
    <message>
      <source>First</source>
      <translation>第一处</translation>
    </message>
    <message>
      <source>Go to where it becomes true next (F3)</source>
      <translation>转到它下一次成立之处 (F3)</translation>
    </message>
    <message>
      <source>Go to where it first becomes true</source>
      <translation>转到它首次成立之处</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>下一处</translation>
    </message>
    <message>
      <source>Pause playing there</source>
      <translation>播放到此暂停</translation>
    </message>
    <message>
      <source>Playing pauses at every hit, like at a breakpoint</source>
      <translation>播放时在每处命中暂停，如同断点</translation>
    </message>
    <message>
      <source>Recent</source>
      <translation>最近</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
  </context>
  <context>
    <name>FindWhen</name>
    <message>
      <source>Here the branch ends.</source>
      <translation>分支到此结束。</translation>
    </message>
    <message>
      <source>It becomes true nowhere after here.</source>
      <translation>此后它不再成立。</translation>
    </message>
    <message>
      <source>It becomes true nowhere on this branch.</source>
      <translation>它在此分支上从未成立。</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>正在查找…</translation>
    </message>
    <message>
      <source>Stopped.</source>
      <translation>已停止。</translation>
    </message>
    <message>
      <source>event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>hit {place} of {all}</source>
      <translation>第 {place} 处命中，共 {all} 处</translation>
    </message>
    <message>
      <source>{all} hits, {passed} before here</source>
      <translation>{all} 处命中，此前 {passed} 处</translation>
    </message>
  </context>
  <context>
    <name>FindingsModel</name>
    <message>
      <source>Decision</source>
      <translation>决定</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Places</source>
      <translation>处数</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
  </context>
  <context>
    <name>FindingsTable</name>
    <message>
      <source>Findings</source>
      <translation>发现</translation>
    </message>
  </context>
  <context>
    <name>FolderWatch</name>
    <message>
      <source>{folder} is not watched any more: {reason}</source>
      <translation>不再监视 {folder}：{reason}</translation>
    </message>
  </context>
  <context>
    <name>ForkPill</name>
    <message>
      <source>Next way: {name}</source>
      <translation>下一条路：{name}</translation>
    </message>
    <message>
      <source>Previous way: {name}</source>
      <translation>上一条路：{name}</translation>
    </message>
    <message>
      <source>Way {number} of {count} {place}: {name}</source>
      <translation>{place}第 {number} 条路，共 {count} 条：{name}</translation>
    </message>
    <message>
      <source>Ways after event {position} ({which})</source>
      <translation>事件 {position} 之后的各条路（{which}）</translation>
    </message>
    <message>
      <source>after event {position}</source>
      <translation>在事件 {position} 之后</translation>
    </message>
    <message>
      <source>{name} · {place}</source>
      <translation>{name} · {place}</translation>
    </message>
    <message>
      <source>{name}; all ways {place}</source>
      <translation>{name}；{place}的所有路</translation>
    </message>
  </context>
  <context>
    <name>ForkStrips</name>
    <message>
      <source>{count} more</source>
      <translation>另有 {count} 个</translation>
    </message>
  </context>
  <context>
    <name>Forms</name>
    <message>
      <source>A row an event, for a spreadsheet; no cell is taken for a formula.</source>
      <translation>每个事件一行，供电子表格使用；任何单元格都不会被当作公式。</translation>
    </message>
    <message>
      <source>All branches as one tree of messages.</source>
      <translation>所有分支合成一棵消息树。</translation>
    </message>
    <message>
      <source>Branchline session</source>
      <translation>Branchline 会话</translation>
    </message>
    <message>
      <source>CloudEvents with a manifest; imported elsewhere it is the same session.</source>
      <translation>带清单的 CloudEvents；在别处导入后是同一个会话。</translation>
    </message>
    <message>
      <source>Markdown</source>
      <translation>Markdown</translation>
    </message>
    <message>
      <source>Ollama Modelfile</source>
      <translation>Ollama Modelfile</translation>
    </message>
    <message>
      <source>One file that anybody can read; it holds no script and loads nothing.</source>
      <translation>任何人都能阅读的单个文件；不含脚本，不加载任何内容。</translation>
    </message>
    <message>
      <source>OpenAI messages</source>
      <translation>OpenAI 消息</translation>
    </message>
    <message>
      <source>Opens in another Branchline, for reading only, at this very moment.</source>
      <translation>在另一台 Branchline 中以只读方式打开，并停在同一时刻。</translation>
    </message>
    <message>
      <source>Preference pairs</source>
      <translation>偏好对</translation>
    </message>
    <message>
      <source>Preference pairs (OpenAI)</source>
      <translation>偏好对（OpenAI）</translation>
    </message>
    <message>
      <source>Report for a browser (HTML)</source>
      <translation>浏览器报告（HTML）</translation>
    </message>
    <message>
      <source>Report on pages (PDF)</source>
      <translation>分页报告（PDF）</translation>
    </message>
    <message>
      <source>Share file</source>
      <translation>分享文件</translation>
    </message>
    <message>
      <source>Spans with the GenAI conventions of OpenTelemetry, for tools that read traces.</source>
      <translation>采用 OpenTelemetry GenAI 约定的跨度，供读取追踪的工具使用。</translation>
    </message>
    <message>
      <source>Table of events (CSV)</source>
      <translation>事件表（CSV）</translation>
    </message>
    <message>
      <source>The conversation as it is sent to a model, to train or to ask one.</source>
      <translation>按发送给模型的样子保存对话，用于训练或提问。</translation>
    </message>
    <message>
      <source>The instructions and settings of this branch as a model of one's own.</source>
      <translation>把该分支的指令和设置做成自己的模型。</translation>
    </message>
    <message>
      <source>The same in the form that OpenAI's preference tuning takes.</source>
      <translation>内容相同，采用 OpenAI 偏好微调所需的格式。</translation>
    </message>
    <message>
      <source>The same on A4 pages, with an outline and text that can be searched.</source>
      <translation>内容相同，排成 A4 页面，带大纲，文字可搜索。</translation>
    </message>
    <message>
      <source>This branch's answers against those of all other branches.</source>
      <translation>该分支的回答与其他所有分支的回答对照。</translation>
    </message>
    <message>
      <source>Traces (OTLP)</source>
      <translation>追踪（OTLP）</translation>
    </message>
    <message>
      <source>Tree of messages (like ChatGPT)</source>
      <translation>消息树（类似 ChatGPT）</translation>
    </message>
    <message>
      <source>Who said what and when, for a ticket or a wiki.</source>
      <translation>谁在何时说了什么，适合放进工单或维基。</translation>
    </message>
  </context>
  <context>
    <name>ImportDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Importing…</source>
      <translation>正在导入…</translation>
    </message>
    <message>
      <source>Map {file}…</source>
      <translation>映射 {file}…</translation>
    </message>
    <message>
      <source>Progress of the import</source>
      <translation>导入的进度</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stopped. The sessions that were complete are in the library.</source>
      <translation>已停止。已完整的会话在会话库中。</translation>
    </message>
    <message>
      <source>Tell what the columns of a file of no known format mean</source>
      <translation>说明未知格式文件中各列的含义</translation>
    </message>
    <message>
      <source>What came in and what was left out</source>
      <translation>已导入与未导入的内容</translation>
    </message>
    <message>
      <source>{file}: {read} → {sessions}</source>
      <translation>{file}：{read} → {sessions}</translation>
    </message>
    <message>
      <source>{sessions} from {files}: {events}.</source>
      <translation>{files}，{sessions}：{events}。</translation>
    </message>
    <message>
      <source>{shown} of {count} shown</source>
      <translation>显示 {count} 个中的 {shown} 个</translation>
    </message>
  </context>
  <context>
    <name>ImportStory</name>
    <message>
      <source> ({count} times)</source>
      <translation>（{count} 次）</translation>
    </message>
    <message>
      <source>, {count} there already</source>
      <translation>，{count} 个已存在</translation>
    </message>
    <message>
      <source>1 event added</source>
      <translation>新增 1 个事件</translation>
    </message>
    <message>
      <source>1 file</source>
      <translation>1 个文件</translation>
    </message>
    <message>
      <source>1 session</source>
      <translation>1 个会话</translation>
    </message>
    <message>
      <source>Imported {when} from {file} ({format})</source>
      <translation>{when} 从 {file} 导入（{format}）</translation>
    </message>
    <message>
      <source>Left out of the file: {count}</source>
      <translation>文件中未导入：{count}</translation>
    </message>
    <message>
      <source>Not captured:</source>
      <translation>未捕获：</translation>
    </message>
    <message>
      <source>Nothing of it is known to be missing.</source>
      <translation>未发现有缺失。</translation>
    </message>
    <message>
      <source>Read: {counts}</source>
      <translation>已读取：{counts}</translation>
    </message>
    <message>
      <source>The whole file: {sessions}; {events}</source>
      <translation>整个文件：{sessions}；{events}</translation>
    </message>
    <message>
      <source>line {number}: </source>
      <translation>第 {number} 行：</translation>
    </message>
    <message>
      <source>{count} events added</source>
      <translation>新增 {count} 个事件</translation>
    </message>
    <message>
      <source>{count} files</source>
      <translation>{count} 个文件</translation>
    </message>
    <message>
      <source>{count} sessions</source>
      <translation>{count} 个会话</translation>
    </message>
    <message>
      <source>{sessions}, 1 more branch</source>
      <translation>{sessions}，另有 1 个分支</translation>
    </message>
    <message>
      <source>{sessions}, {count} more branches</source>
      <translation>{sessions}，另有 {count} 个分支</translation>
    </message>
  </context>
  <context>
    <name>Inspector</name>
    <message>
      <source>Calls not returned</source>
      <translation>未返回的调用</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>变化</translation>
    </message>
    <message>
      <source>Computed</source>
      <translation>计算得出</translation>
    </message>
    <message>
      <source>Form {name}</source>
      <translation>表单 {name}</translation>
    </message>
    <message>
      <source>Instructions</source>
      <translation>指令</translation>
    </message>
    <message>
      <source>Interests</source>
      <translation>兴趣</translation>
    </message>
    <message>
      <source>It is as it was at the start: no event changed it up to here.</source>
      <translation>与开始时一样：到此为止没有事件改动过它。</translation>
    </message>
    <message>
      <source>No event speaks for it up to here.</source>
      <translation>到此为止没有事件支持它。</translation>
    </message>
    <message>
      <source>Predicted</source>
      <translation>预测</translation>
    </message>
    <message>
      <source>Production recorded no cause of that event.</source>
      <translation>生产环境没有记录该事件的起因。</translation>
    </message>
    <message>
      <source>Purchased, less returned</source>
      <translation>已购买，减去退货</translation>
    </message>
    <message>
      <source>Question class</source>
      <translation>问题类别</translation>
    </message>
    <message>
      <source>Recorded</source>
      <translation>已记录</translation>
    </message>
    <message>
      <source>Setting</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Shown</source>
      <translation>已显示</translation>
    </message>
    <message>
      <source>Shown at event {position}</source>
      <translation>在事件 {position} 处显示</translation>
    </message>
    <message>
      <source>Strategy</source>
      <translation>策略</translation>
    </message>
    <message>
      <source>Sum</source>
      <translation>合计</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>asked about</source>
      <translation>询问过</translation>
    </message>
    <message>
      <source>back in the catalogue</source>
      <translation>重新上架</translation>
    </message>
    <message>
      <source>brought by</source>
      <translation>来自</translation>
    </message>
    <message>
      <source>category</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>category {name}</source>
      <translation>类别 {name}</translation>
    </message>
    <message>
      <source>caused by</source>
      <translation>起因</translation>
    </message>
    <message>
      <source>computed by Branchline</source>
      <translation>由 Branchline 计算</translation>
    </message>
    <message>
      <source>event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>intent</source>
      <translation>意图</translation>
    </message>
    <message>
      <source>no event of this branch</source>
      <translation>不是此分支的事件</translation>
    </message>
    <message>
      <source>not there</source>
      <translation>不存在</translation>
    </message>
    <message>
      <source>recorded</source>
      <translation>已记录</translation>
    </message>
    <message>
      <source>returned, so it may come again</source>
      <translation>已退货，因此可能再次出现</translation>
    </message>
    <message>
      <source>tag</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>tag {name}</source>
      <translation>标签 {name}</translation>
    </message>
    <message>
      <source>this item itself</source>
      <translation>此物品本身</translation>
    </message>
    <message>
      <source>value</source>
      <translation>值</translation>
    </message>
    <message>
      <source>was {value}</source>
      <translation>原为 {value}</translation>
    </message>
    <message>
      <source>{shown} of {all}</source>
      <translation>{shown} / {all}</translation>
    </message>
  </context>
  <context>
    <name>InspectorPanel</name>
    <message>
      <source>Before the first event there is nothing to compare with.</source>
      <translation>第一个事件之前没有可比较的内容。</translation>
    </message>
    <message>
      <source>Beside the conversation, this event changed nothing in the state.</source>
      <translation>除对话外，此事件没有改动状态。</translation>
    </message>
    <message>
      <source>Diff</source>
      <translation>差异</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>No slot was filled up to here.</source>
      <translation>到此为止没有填充任何槽位。</translation>
    </message>
    <message>
      <source>Nothing was recommended up to here, and nothing is known to predict from.</source>
      <translation>到此为止没有推荐过什么，也没有可用于预测的信息。</translation>
    </message>
    <message>
      <source>Open a session to see its state here.</source>
      <translation>打开会话后，这里显示它的状态。</translation>
    </message>
    <message>
      <source>Raw</source>
      <translation>原始</translation>
    </message>
    <message>
      <source>Recommendations at the playhead</source>
      <translation>播放头处的推荐</translation>
    </message>
    <message>
      <source>Recs</source>
      <translation>推荐</translation>
    </message>
    <message>
      <source>Slots</source>
      <translation>槽位</translation>
    </message>
    <message>
      <source>Slots at the playhead</source>
      <translation>播放头处的槽位</translation>
    </message>
    <message>
      <source>State at the playhead</source>
      <translation>播放头处的状态</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>原因</translation>
    </message>
  </context>
  <context>
    <name>InspectorPresenter</name>
    <message>
      <source>Nothing is known of this field yet.</source>
      <translation>关于此字段还一无所知。</translation>
    </message>
  </context>
  <context>
    <name>InstructionsChooser</name>
    <message>
      <source>A version from the library; the events of the branch name it</source>
      <translation>库中的一个版本；分支的事件会记下它</translation>
    </message>
    <message>
      <source>From library</source>
      <translation>从库中选取</translation>
    </message>
    <message>
      <source>Library of instructions…</source>
      <translation>指令库…</translation>
    </message>
    <message>
      <source>Take instructions from the library</source>
      <translation>从库中选取指令</translation>
    </message>
  </context>
  <context>
    <name>InstructionsDialog</name>
    <message>
      <source>Changed since the version before</source>
      <translation>自上一版本以来的变化</translation>
    </message>
    <message>
      <source>Instructions</source>
      <translation>指令</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Name, such as kind</source>
      <translation>名称，例如 kind</translation>
    </message>
    <message>
      <source>Nothing is saved yet. Give a name, write, and save.</source>
      <translation>还没有保存任何内容。起个名称，写好后保存。</translation>
    </message>
    <message>
      <source>Save as next version</source>
      <translation>保存为下一版本</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Versions</source>
      <translation>版本</translation>
    </message>
    <message>
      <source>What the model is told before the conversation</source>
      <translation>对话之前告诉模型的内容</translation>
    </message>
    <message>
      <source>What was changed, and why</source>
      <translation>改动了什么，以及为什么</translation>
    </message>
  </context>
  <context>
    <name>JsonTree</name>
    <message>
      <source>Key</source>
      <translation>键</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>值</translation>
    </message>
    <message>
      <source>[] {count} elements</source>
      <translation>[] {count} 个元素</translation>
    </message>
    <message>
      <source>{{}} {count} members</source>
      <translation>{{}} {count} 个成员</translation>
    </message>
  </context>
  <context>
    <name>JudgedResult</name>
    <message>
      <source>Better</source>
      <translation>更好</translation>
    </message>
    <message>
      <source>Branch</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Branches by how often they were liked better</source>
      <translation>按更受青睐的次数排列的分支</translation>
    </message>
    <message>
      <source>Every pair</source>
      <translation>每一对</translation>
    </message>
    <message>
      <source>Sign test p</source>
      <translation>符号检验 p</translation>
    </message>
    <message>
      <source>The same</source>
      <translation>一样</translation>
    </message>
    <message>
      <source>Worse</source>
      <translation>更差</translation>
    </message>
    <message>
      <source>{one} {wins} : {losses} {other}, {ties} the same · sign test p = {p}</source>
      <translation>{one} {wins} : {losses} {other}，{ties} 个相同 · 符号检验 p = {p}</translation>
    </message>
  </context>
  <context>
    <name>Jump</name>
    <message>
      <source>No event of this session has a time.</source>
      <translation>此会话没有带时间的事件。</translation>
    </message>
    <message>
      <source>No event of this session is at or after {clock}; it ends at {last}.</source>
      <translation>此会话在 {clock} 或之后没有事件；它结束于 {last}。</translation>
    </message>
    <message>
      <source>Type an event (412), a time (14:03 or 14:03:22), a step (+5m, -30s, +10) or a share (50%).</source>
      <translation>输入事件 (412)、时间 (14:03 或 14:03:22)、步幅 (+5m、-30s、+10) 或比例 (50%)。</translation>
    </message>
  </context>
  <context>
    <name>KeyDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>It has no key now.</source>
      <translation>现在没有按键。</translation>
    </message>
    <message>
      <source>New key of “{action}”</source>
      <translation>“{action}”的新按键</translation>
    </message>
    <message>
      <source>No key</source>
      <translation>不设按键</translation>
    </message>
    <message>
      <source>Now: {keys}</source>
      <translation>当前：{keys}</translation>
    </message>
    <message>
      <source>Press the new key of “{action}”</source>
      <translation>请按下“{action}”的新按键</translation>
    </message>
    <message>
      <source>Take it</source>
      <translation>改用于此</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>使用</translation>
    </message>
    <message>
      <source>Usual key</source>
      <translation>默认按键</translation>
    </message>
    <message>
      <source>{key} is free.</source>
      <translation>{key} 未被占用。</translation>
    </message>
    <message>
      <source>{key} is the key of “{action}” now, which would lose it.</source>
      <translation>{key} 现在是“{action}”的按键，改用后它将失去此键。</translation>
    </message>
  </context>
  <context>
    <name>Labelling</name>
    <message>
      <source>Coloured.</source>
      <translation>已设置颜色。</translation>
    </message>
    <message>
      <source>Renamed to {name}.</source>
      <translation>已重命名为 {name}。</translation>
    </message>
    <message>
      <source>The reason is kept.</source>
      <translation>理由已保存。</translation>
    </message>
    <message>
      <source>{count} branches are archived.</source>
      <translation>已归档 {count} 个分支。</translation>
    </message>
    <message>
      <source>{count} branches are back.</source>
      <translation>已取回 {count} 个分支。</translation>
    </message>
    <message>
      <source>{name} is archived.</source>
      <translation>{name} 已归档。</translation>
    </message>
    <message>
      <source>{name} is back.</source>
      <translation>{name} 已取回。</translation>
    </message>
    <message>
      <source>{name} is not the default path any more.</source>
      <translation>{name} 不再是默认路径。</translation>
    </message>
    <message>
      <source>{name} is the default path.</source>
      <translation>{name} 是默认路径。</translation>
    </message>
  </context>
  <context>
    <name>Lane</name>
    <message>
      <source>Assistant</source>
      <translation>助手</translation>
    </message>
    <message>
      <source>Behaviour</source>
      <translation>行为</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>Recommendation</source>
      <translation>推荐</translation>
    </message>
    <message>
      <source>System</source>
      <translation>系统</translation>
    </message>
    <message>
      <source>Tool</source>
      <translation>工具</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>未知</translation>
    </message>
  </context>
  <context>
    <name>LanesView</name>
    <message>
      <source>Timeline</source>
      <translation>时间线</translation>
    </message>
  </context>
  <context>
    <name>LeaveOutDialog</name>
    <message>
      <source>, cannot be applied any more</source>
      <translation>，无法再应用</translation>
    </message>
    <message>
      <source>Events that depend on it</source>
      <translation>依赖它的事件</translation>
    </message>
    <message>
      <source>Keep the events that depend on it</source>
      <translation>保留依赖它的事件</translation>
    </message>
    <message>
      <source>Leave out on a branch</source>
      <translation>在分支上省去</translation>
    </message>
    <message>
      <source>Without event {position}</source>
      <translation>不含事件 {position}</translation>
    </message>
    <message>
      <source>{shown} of {count} shown</source>
      <translation>显示 {count} 个中的 {shown} 个</translation>
    </message>
  </context>
  <context>
    <name>LibraryDesk</name>
    <message>
      <source>; 1 part was left out</source>
      <translation>；略去 1 处</translation>
    </message>
    <message>
      <source>; {count} parts were left out</source>
      <translation>；{count} 处未导入</translation>
    </message>
    <message>
      <source>Import a folder</source>
      <translation>导入文件夹</translation>
    </message>
    <message>
      <source>Import files</source>
      <translation>导入文件</translation>
    </message>
    <message>
      <source>Imported last</source>
      <translation>最近导入</translation>
    </message>
    <message>
      <source>Stop watching {folder}</source>
      <translation>停止监视 {folder}</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>监视文件夹</translation>
    </message>
    <message>
      <source>What comes into {folder} is imported</source>
      <translation>进入 {folder} 的文件将被导入</translation>
    </message>
    <message>
      <source>{folder} is not watched any more</source>
      <translation>不再监视 {folder}</translation>
    </message>
  </context>
  <context>
    <name>LibraryPanel</name>
    <message>
      <source>About this session</source>
      <translation>关于此会话</translation>
    </message>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Filter sessions</source>
      <translation>筛选会话</translation>
    </message>
    <message>
      <source>Import files…</source>
      <translation>导入文件…</translation>
    </message>
    <message>
      <source>No sessions yet. Import files, or drop them on this window.</source>
      <translation>还没有会话。导入文件，或把文件拖到此窗口。</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Play the rest again…</source>
      <translation>重新播放其余部分…</translation>
    </message>
    <message>
      <source>Play the rest of {count} sessions again…</source>
      <translation>重新播放 {count} 个会话的其余部分…</translation>
    </message>
    <message>
      <source>Sessions</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>Source of the sessions</source>
      <translation>会话的来源</translation>
    </message>
    <message>
      <source>The customer's whole story</source>
      <translation>该客户的全部经历</translation>
    </message>
    <message>
      <source>Title, customer, order, tag, any words</source>
      <translation>标题、客户、订单、标签或任意文字</translation>
    </message>
    <message>
      <source>Words of the title, an id, or anything that was said or done in a session</source>
      <translation>标题中的词、ID，或会话中说过、做过的任何内容</translation>
    </message>
    <message>
      <source>{shown} of {count}</source>
      <translation>{shown} / {count}</translation>
    </message>
  </context>
  <context>
    <name>ListEditor</name>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Down</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Item to add, by id</source>
      <translation>要添加的物品的标识</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Up</source>
      <translation>上移</translation>
    </message>
  </context>
  <context>
    <name>MadeTable</name>
    <message>
      <source>Event</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>Session</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>What it holds</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>谁</translation>
    </message>
    <message>
      <source>no rule takes this row</source>
      <translation>没有规则适用于此行</translation>
    </message>
    <message>
      <source>record {number}</source>
      <translation>记录 {number}</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Branches</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Branches and notebook</source>
      <translation>分支和笔记本</translation>
    </message>
    <message>
      <source>Notebook</source>
      <translation>笔记本</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Sessions</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>Sessions and search</source>
      <translation>会话和搜索</translation>
    </message>
  </context>
  <context>
    <name>MappingDesk</name>
    <message>
      <source>From a file…</source>
      <translation>来自文件…</translation>
    </message>
    <message>
      <source>Guessed</source>
      <translation>自动推测</translation>
    </message>
    <message>
      <source>Imported. A mapping that is saved knows files like this one from now on.</source>
      <translation>已导入。保存映射后，今后会识别这类文件。</translation>
    </message>
    <message>
      <source>Map a file or database</source>
      <translation>映射文件或数据库</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>映射</translation>
    </message>
    <message>
      <source>Mappings (*.json)</source>
      <translation>映射 (*.json)</translation>
    </message>
    <message>
      <source>Saved as {path}; files like this one are known from now on</source>
      <translation>已保存为 {path}；此类文件今后可被识别</translation>
    </message>
    <message>
      <source>There is a mapping of this name. Replace it?</source>
      <translation>已有同名映射。要替换它吗？</translation>
    </message>
    <message>
      <source>Use a mapping</source>
      <translation>使用映射</translation>
    </message>
  </context>
  <context>
    <name>MappingDialog</name>
    <message>
      <source> · not fitting: {count}</source>
      <translation> · 不符合：{count}</translation>
    </message>
    <message>
      <source>Becomes</source>
      <translation>转换为</translation>
    </message>
    <message>
      <source>Choose a file or a database: its first rows come here, and beside them what they become.</source>
      <translation>请选择文件或数据库：左侧显示其前几行，右侧显示它们变成的事件。</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>Events they become</source>
      <translation>转换后的事件</translation>
    </message>
    <message>
      <source>First rows of the source</source>
      <translation>来源的前几行</translation>
    </message>
    <message>
      <source>Further members</source>
      <translation>其他字段</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Map a source</source>
      <translation>映射来源</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>映射</translation>
    </message>
    <message>
      <source>Mappings that were saved</source>
      <translation>已保存的映射</translation>
    </message>
    <message>
      <source>Name of the mapping</source>
      <translation>映射名称</translation>
    </message>
    <message>
      <source>Next problem</source>
      <translation>下一个问题</translation>
    </message>
    <message>
      <source>Reading the source…</source>
      <translation>正在读取来源…</translation>
    </message>
    <message>
      <source>Rows tried: {rows} · events: {events} · sessions: {sessions}</source>
      <translation>试用行数：{rows} · 事件：{events} · 会话：{sessions}</translation>
    </message>
    <message>
      <source>Save mapping</source>
      <translation>保存映射</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>The mapping as JSON</source>
      <translation>映射的 JSON</translation>
    </message>
    <message>
      <source>The mapping is not saved. Close anyway?</source>
      <translation>映射尚未保存。仍要关闭吗？</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>谁</translation>
    </message>
    <message>
      <source>Who and what</source>
      <translation>谁与什么</translation>
    </message>
  </context>
  <context>
    <name>MappingDraft</name>
    <message>
      <source>This is no JSON: {why}</source>
      <translation>这不是 JSON：{why}</translation>
    </message>
    <message>
      <source>query</source>
      <translation>查询</translation>
    </message>
  </context>
  <context>
    <name>MappingForm</name>
    <message>
      <source>Answers</source>
      <translation>回复</translation>
    </message>
    <message>
      <source>Column that tells sessions apart</source>
      <translation>区分会话的列</translation>
    </message>
    <message>
      <source>Column with the customer</source>
      <translation>客户所在列</translation>
    </message>
    <message>
      <source>Column with the message it answers</source>
      <translation>所回复消息所在列</translation>
    </message>
    <message>
      <source>Column with the message's id</source>
      <translation>消息 ID 所在列</translation>
    </message>
    <message>
      <source>Column with the time</source>
      <translation>时间所在列</translation>
    </message>
    <message>
      <source>Column with the title</source>
      <translation>标题所在列</translation>
    </message>
    <message>
      <source>Column with what was said</source>
      <translation>内容所在列</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>How times are written</source>
      <translation>时间的写法</translation>
    </message>
    <message>
      <source>In order of time</source>
      <translation>按时间排序</translation>
    </message>
    <message>
      <source>List of turns</source>
      <translation>轮次列表</translation>
    </message>
    <message>
      <source>List of turns within a record</source>
      <translation>记录内的轮次列表</translation>
    </message>
    <message>
      <source>Message id</source>
      <translation>消息 ID</translation>
    </message>
    <message>
      <source>Said</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>Session</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Time zone of times without one</source>
      <translation>未注明时区的时间所用时区</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>标题</translation>
    </message>
    <message>
      <source>Written as, in</source>
      <translation>写法、时区</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
  </context>
  <context>
    <name>Mark</name>
    <message>
      <source>Derived</source>
      <translation>派生</translation>
    </message>
    <message>
      <source>Marker</source>
      <translation>标记</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>笔记</translation>
    </message>
    <message>
      <source>Rating</source>
      <translation>评分</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停留</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>标签</translation>
    </message>
  </context>
  <context>
    <name>MaskCover</name>
    <message>
      <source>Texts are being masked; nothing is shown until that is done.</source>
      <translation>正在遮盖文本；完成之前不显示任何内容。</translation>
    </message>
  </context>
  <context>
    <name>MaskSign</name>
    <message>
      <source>Personal data is masked on screen</source>
      <translation>屏幕上的个人数据已遮盖</translation>
    </message>
    <message>
      <source>Personal data is masked on screen; {keys} shows it again</source>
      <translation>屏幕上的个人数据已遮盖；按 {keys} 恢复显示</translation>
    </message>
  </context>
  <context>
    <name>MembersTable</name>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Column</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Further members of an event</source>
      <translation>事件的其他字段</translation>
    </message>
    <message>
      <source>Member</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Taken as</source>
      <translation>视为</translation>
    </message>
  </context>
  <context>
    <name>MetricChart</name>
    <message>
      <source>turn</source>
      <translation>轮</translation>
    </message>
    <message>
      <source>{metric} by turn: {names}</source>
      <translation>各轮的{metric}：{names}</translation>
    </message>
  </context>
  <context>
    <name>Metrics</name>
    <message>
      <source>A check failed.</source>
      <translation>有一项检查未通过。</translation>
    </message>
    <message>
      <source>A run broke off.</source>
      <translation>有一次运行中断。</translation>
    </message>
    <message>
      <source>Answer tokens</source>
      <translation>回答 token</translation>
    </message>
    <message>
      <source>Answers cut short</source>
      <translation>被截短的回答</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>字符数</translation>
    </message>
    <message>
      <source>Checks passed</source>
      <translation>通过的检查</translation>
    </message>
    <message>
      <source>Latency</source>
      <translation>延迟</translation>
    </message>
    <message>
      <source>Prompt tokens</source>
      <translation>提示词 token</translation>
    </message>
    <message>
      <source>Prompts truncated</source>
      <translation>被截断的提示词</translation>
    </message>
    <message>
      <source>Rating</source>
      <translation>评分</translation>
    </message>
    <message>
      <source>Runs broken off</source>
      <translation>中断的运行</translation>
    </message>
    <message>
      <source>Similarity to baseline</source>
      <translation>与基准的相似度</translation>
    </message>
    <message>
      <source>The answer ended at its longest allowed length.</source>
      <translation>回答在允许的最大长度处结束。</translation>
    </message>
    <message>
      <source>The server cut the prompt: the oldest messages were not read.</source>
      <translation>服务器截断了提示词：最早的消息没有被读取。</translation>
    </message>
    <message>
      <source>Time to first token</source>
      <translation>首个 token 用时</translation>
    </message>
    <message>
      <source>Tokens a second</source>
      <translation>每秒 token</translation>
    </message>
    <message>
      <source>Tool calls</source>
      <translation>工具调用</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>词</translation>
    </message>
    <message>
      <source>rated {value}</source>
      <translation>评分 {value}</translation>
    </message>
    <message>
      <source>{passed} of {all}</source>
      <translation>{passed} / {all}</translation>
    </message>
    <message>
      <source>{passed} of {all} checks passed</source>
      <translation>通过 {all} 项检查中的 {passed} 项</translation>
    </message>
    <message>
      <source>{value} ({known} of {all} turns)</source>
      <translation>{value}（{all} 轮中的 {known} 轮）</translation>
    </message>
    <message>
      <source>{value} like the baseline</source>
      <translation>与基准相似 {value}</translation>
    </message>
    <message>
      <source>{value}/s</source>
      <translation>{value}/秒</translation>
    </message>
    <message>
      <source>{value} tokens</source>
      <translation>{value} token</translation>
    </message>
  </context>
  <context>
    <name>MetricsPage</name>
    <message>
      <source>Measures of the compared branches</source>
      <translation>所比较分支的指标</translation>
    </message>
  </context>
  <context>
    <name>ModelsDesk</name>
    <message>
      <source>Stopped; asked again, the server goes on with what it has.</source>
      <translation>已停止；再次请求时，服务器会从已有部分继续。</translation>
    </message>
    <message>
      <source>{name} is there now.</source>
      <translation>{name} 已就绪。</translation>
    </message>
  </context>
  <context>
    <name>ModelsDialog</name>
    <message>
      <source> · {done} of {total} MB</source>
      <translation> · {done} / {total} MB</translation>
    </message>
    <message>
      <source>Can</source>
      <translation>能力</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Context</source>
      <translation>上下文</translation>
    </message>
    <message>
      <source>Fetch</source>
      <translation>获取</translation>
    </message>
    <message>
      <source>Fetching {name}: {status}</source>
      <translation>正在获取 {name}：{status}</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>重新查看</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Model to fetch</source>
      <translation>要获取的模型</translation>
    </message>
    <message>
      <source>Models of the server</source>
      <translation>服务器上的模型</translation>
    </message>
    <message>
      <source>Name of a model, such as llama3.2:1b</source>
      <translation>模型名称，例如 llama3.2:1b</translation>
    </message>
    <message>
      <source>Progress of fetching</source>
      <translation>获取进度</translation>
    </message>
    <message>
      <source>Runs on</source>
      <translation>运行于</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>The server fetches it from where its makers keep models; Branchline asks nobody but the server.</source>
      <translation>由服务器从其制作者存放模型之处获取；Branchline 只与服务器通信。</translation>
    </message>
    <message>
      <source>The server has no model yet.</source>
      <translation>服务器上还没有模型。</translation>
    </message>
    <message>
      <source>Use</source>
      <translation>使用</translation>
    </message>
    <message>
      <source>another machine</source>
      <translation>另一台机器</translation>
    </message>
    <message>
      <source>asking the server</source>
      <translation>正在询问服务器</translation>
    </message>
    <message>
      <source>this machine</source>
      <translation>本机</translation>
    </message>
  </context>
  <context>
    <name>NamingCard</name>
    <message>
      <source>Branch</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Expected</source>
      <translation>预期</translation>
    </message>
    <message>
      <source>Expected (optional)</source>
      <translation>预期（可选）</translation>
    </message>
    <message>
      <source>Hypothesis</source>
      <translation>假设</translation>
    </message>
    <message>
      <source>Hypothesis (optional)</source>
      <translation>假设（可选）</translation>
    </message>
    <message>
      <source>Leaves {branch} after event {position}</source>
      <translation>在事件 {position} 之后离开 {branch}</translation>
    </message>
    <message>
      <source>Name of the new branch</source>
      <translation>新分支的名称</translation>
    </message>
  </context>
  <context>
    <name>Notebook</name>
    <message>
      <source> on {branch}</source>
      <translation>（在 {branch} 上）</translation>
    </message>
    <message>
      <source>Found</source>
      <translation>发现</translation>
    </message>
    <message>
      <source>Marker</source>
      <translation>标记</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>笔记</translation>
    </message>
    <message>
      <source>Rating</source>
      <translation>评分</translation>
    </message>
    <message>
      <source>Stopped here</source>
      <translation>在此停留</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>bad</source>
      <translation>差</translation>
    </message>
    <message>
      <source>event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>fair</source>
      <translation>一般</translation>
    </message>
    <message>
      <source>good</source>
      <translation>好</translation>
    </message>
    <message>
      <source>poor</source>
      <translation>较差</translation>
    </message>
    <message>
      <source>very good</source>
      <translation>很好</translation>
    </message>
  </context>
  <context>
    <name>NotebookDelegate</name>
    <message>
      <source>event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>{place} on {branch}</source>
      <translation>{place}，在 {branch} 上</translation>
    </message>
    <message>
      <source>{place} · click the dot to keep it</source>
      <translation>{place} · 点击圆点可保留</translation>
    </message>
  </context>
  <context>
    <name>NotebookDesk</name>
    <message>
      <source>No marker or note further on.</source>
      <translation>后面没有标记或笔记。</translation>
    </message>
    <message>
      <source>None before this one.</source>
      <translation>前面没有了。</translation>
    </message>
    <message>
      <source>Nothing was noted here since this window was opened.</source>
      <translation>此窗口打开以来，这里没有记过什么。</translation>
    </message>
    <message>
      <source>Removed. Ctrl+Z brings it back.</source>
      <translation>已移除。按 Ctrl+Z 可恢复。</translation>
    </message>
    <message>
      <source>The notebook is on the clipboard, as Markdown.</source>
      <translation>笔记本已复制到剪贴板，格式为 Markdown。</translation>
    </message>
    <message>
      <source>Undone.</source>
      <translation>已撤销。</translation>
    </message>
  </context>
  <context>
    <name>NotebookModel</name>
    <message>
      <source>event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>{place} on {branch}</source>
      <translation>{place}，在 {branch} 上</translation>
    </message>
  </context>
  <context>
    <name>NotebookPanel</name>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>Go to event {position}</source>
      <translation>转到事件 {position}</translation>
    </message>
    <message>
      <source>Keep as a marker</source>
      <translation>保留为标记</translation>
    </message>
    <message>
      <source>Notebook</source>
      <translation>笔记本</translation>
    </message>
    <message>
      <source>Nothing noted yet. M sets a marker at the playhead, N writes a note.</source>
      <translation>还没有记录。按 M 在播放头处设置标记，按 N 写笔记。</translation>
    </message>
    <message>
      <source>Nothing of this kind is noted in this session.</source>
      <translation>此会话没有这一类的记录。</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Show only</source>
      <translation>只显示</translation>
    </message>
  </context>
  <context>
    <name>Notice</name>
    <message>
      <source>Close the message</source>
      <translation>关闭此消息</translation>
    </message>
  </context>
  <context>
    <name>OutcomePage</name>
    <message>
      <source>How it stands</source>
      <translation>进展</translation>
    </message>
    <message>
      <source>Progress of the export</source>
      <translation>导出进度</translation>
    </message>
    <message>
      <source>What the form could not hold:</source>
      <translation>该格式未能容纳：</translation>
    </message>
    <message>
      <source>What was redacted, and what the form could not hold</source>
      <translation>隐去了什么，以及该格式未能容纳什么</translation>
    </message>
    <message>
      <source>Writing {file}…</source>
      <translation>正在写入 {file}…</translation>
    </message>
    <message>
      <source>Written: {file} ({size})</source>
      <translation>已写入：{file}（{size}）</translation>
    </message>
  </context>
  <context>
    <name>OverviewStrip</name>
    <message>
      <source>Part of the timeline in view</source>
      <translation>时间线的可见部分</translation>
    </message>
    <message>
      <source>Whole branch</source>
      <translation>整个分支</translation>
    </message>
    <message>
      <source>events {first} to {last}</source>
      <translation>事件 {first} 至 {last}</translation>
    </message>
    <message>
      <source>no session open</source>
      <translation>没有打开会话</translation>
    </message>
  </context>
  <context>
    <name>PaceButton</name>
    <message>
      <source>As recorded, pauses of {cap:g} s at most</source>
      <translation>按记录的节奏，停顿最长 {cap:g} 秒</translation>
    </message>
    <message>
      <source>By event, 2 a second at 1×</source>
      <translation>按事件，1× 时每秒 2 个</translation>
    </message>
    <message>
      <source>Speed {speed:g}×, {how}</source>
      <translation>速度 {speed:g}×，{how}</translation>
    </message>
    <message>
      <source>as recorded, pauses of {cap:g} s at most</source>
      <translation>按记录的节奏，停顿最长 {cap:g} 秒</translation>
    </message>
    <message>
      <source>by event</source>
      <translation>按事件</translation>
    </message>
    <message>
      <source>{speed:g}× rec</source>
      <translation>{speed:g}× 记录</translation>
    </message>
  </context>
  <context>
    <name>PaletteDesk</name>
    <message>
      <source>Branch</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Read-only</source>
      <translation>只读</translation>
    </message>
    <message>
      <source>Session</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>{kind}, event {position}</source>
      <translation>{kind}，事件 {position}</translation>
    </message>
  </context>
  <context>
    <name>PaletteModel</name>
    <message>
      <source>not possible now</source>
      <translation>现在不可用</translation>
    </message>
  </context>
  <context>
    <name>PaletteView</name>
    <message>
      <source>Command palette</source>
      <translation>命令面板</translation>
    </message>
    <message>
      <source>Enter runs it, Escape closes</source>
      <translation>按 Enter 执行，按 Esc 关闭</translation>
    </message>
    <message>
      <source>Nothing fits. Escape closes.</source>
      <translation>没有匹配项。按 Esc 关闭。</translation>
    </message>
    <message>
      <source>What can be done</source>
      <translation>可以做的事</translation>
    </message>
    <message>
      <source>What to do, or where to go</source>
      <translation>做什么，或去哪里</translation>
    </message>
    <message>
      <source>{shown} of {count}; type more to narrow it</source>
      <translation>{shown} / {count}；继续输入以缩小范围</translation>
    </message>
  </context>
  <context>
    <name>Parameters</name>
    <message>
      <source> · remote</source>
      <translation> · 远程</translation>
    </message>
    <message>
      <source>0 = always the likeliest word; higher = more varied</source>
      <translation>0 = 总是最可能的词；越高越多样</translation>
    </message>
    <message>
      <source>Context</source>
      <translation>上下文</translation>
    </message>
    <message>
      <source>How many tokens the model can see (num_ctx)</source>
      <translation>模型能看到多少 token (num_ctx)</translation>
    </message>
    <message>
      <source>Max tokens</source>
      <translation>最多 token</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Models of the server</source>
      <translation>服务器上的模型</translation>
    </message>
    <message>
      <source>Models of the server: what they can, and fetching another</source>
      <translation>服务器上的模型：它们的能力，以及获取新模型</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation>温度</translation>
    </message>
    <message>
      <source>The answer is cut after so many tokens</source>
      <translation>回答达到这么多 token 时截断</translation>
    </message>
    <message>
      <source>The same seed gives the same text again</source>
      <translation>相同的种子得到相同的文本</translation>
    </message>
    <message>
      <source>Which model of the configured server answers</source>
      <translation>由所配置服务器的哪个模型回答</translation>
    </message>
    <message>
      <source>default</source>
      <translation>默认</translation>
    </message>
    <message>
      <source>random</source>
      <translation>随机</translation>
    </message>
  </context>
  <context>
    <name>PictureList</name>
    <message>
      <source>Add…</source>
      <translation>添加…</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Pictures (*.png *.jpg *.jpeg *.gif *.webp)</source>
      <translation>图片 (*.png *.jpg *.jpeg *.gif *.webp)</translation>
    </message>
    <message>
      <source>Pictures that go with the message</source>
      <translation>随消息发送的图片</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
  </context>
  <context>
    <name>PreferencesDialog</name>
    <message>
      <source>As usual</source>
      <translation>恢复默认</translation>
    </message>
    <message>
      <source>Change keys…</source>
      <translation>更改按键…</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Compact</source>
      <translation>紧凑</translation>
    </message>
    <message>
      <source>Ctrl and an arrow go</source>
      <translation>Ctrl 加方向键移动</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>For fingers</source>
      <translation>适合触摸</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>按键</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Like the desktop</source>
      <translation>与桌面一致</translation>
    </message>
    <message>
      <source>Motion</source>
      <translation>动态效果</translation>
    </message>
    <message>
      <source>Nothing blinks or slides</source>
      <translation>不闪烁、不滑动</translation>
    </message>
    <message>
      <source>Preferences</source>
      <translation>偏好设置</translation>
    </message>
    <message>
      <source>Rows and controls</source>
      <translation>行和控件</translation>
    </message>
    <message>
      <source>Size and language hold from the next start on.</source>
      <translation>大小和语言从下次启动起生效。</translation>
    </message>
    <message>
      <source>Size of everything</source>
      <translation>整体大小</translation>
    </message>
    <message>
      <source>Usual</source>
      <translation>普通</translation>
    </message>
  </context>
  <context>
    <name>Presenter</name>
    <message>
      <source>Open a link</source>
      <translation>打开链接</translation>
    </message>
    <message>
      <source>Open this address in your browser?</source>
      <translation>在浏览器中打开此地址？</translation>
    </message>
  </context>
  <context>
    <name>PromptPage</name>
    <message>
      <source>Differences to what was sent last</source>
      <translation>与上次发送内容的差异</translation>
    </message>
    <message>
      <source>Edit the template…</source>
      <translation>编辑模板…</translation>
    </message>
    <message>
      <source>Puts slots and lists behind the instructions</source>
      <translation>把槽位和列表放在指令之后</translation>
    </message>
    <message>
      <source>Recommend</source>
      <translation>推荐</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>模板</translation>
    </message>
    <message>
      <source>The list that Branchline itself works out and records at each turn, from the branch's state</source>
      <translation>Branchline 每一轮根据分支的状态自行得出并记录的列表</translation>
    </message>
    <message>
      <source>The request as it will be sent</source>
      <translation>将要发送的请求</translation>
    </message>
    <message>
      <source>The request as it will be sent is worked out here.</source>
      <translation>将要发送的请求在此得出。</translation>
    </message>
    <message>
      <source>about {tokens} of {window} tokens, estimated</source>
      <translation>约 {tokens} / {window} 个 token，估计值</translation>
    </message>
    <message>
      <source>by interests</source>
      <translation>按兴趣</translation>
    </message>
    <message>
      <source>dealt with last</source>
      <translation>最近涉及的</translation>
    </message>
    <message>
      <source>most dealt with</source>
      <translation>涉及最多的</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <source>nothing was sent on this line before</source>
      <translation>这条线上此前没有发送过</translation>
    </message>
    <message>
      <source>off</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>only the first part is shown</source>
      <translation>只显示第一部分</translation>
    </message>
    <message>
      <source>recommended now: {items}</source>
      <translation>现在推荐：{items}</translation>
    </message>
    <message>
      <source>too long: the oldest messages would be left out</source>
      <translation>过长：最早的消息会被省去</translation>
    </message>
  </context>
  <context>
    <name>RangeBox</name>
    <message>
      <source>Between markers</source>
      <translation>两个标记之间</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>From event</source>
      <translation>从事件</translation>
    </message>
    <message>
      <source>From one event to another</source>
      <translation>从某事件到某事件</translation>
    </message>
    <message>
      <source>From the marker</source>
      <translation>从标记</translation>
    </message>
    <message>
      <source>To event</source>
      <translation>到事件</translation>
    </message>
    <message>
      <source>To the marker</source>
      <translation>到标记</translation>
    </message>
    <message>
      <source>What is played</source>
      <translation>播放的部分</translation>
    </message>
    <message>
      <source>What is played: events {first} to {last}</source>
      <translation>播放的部分：事件 {first} 到 {last}</translation>
    </message>
  </context>
  <context>
    <name>RangeChip</name>
    <message>
      <source>, in a loop</source>
      <translation>，循环</translation>
    </message>
    <message>
      <source>I–O</source>
      <translation>入–出</translation>
    </message>
    <message>
      <source>Plays from event {first} to {last}</source>
      <translation>从事件 {first} 播放到 {last}</translation>
    </message>
    <message>
      <source>{told}; click to clear</source>
      <translation>{told}；点击清除</translation>
    </message>
  </context>
  <context>
    <name>RawTree</name>
    <message>
      <source>Copy path</source>
      <translation>复制路径</translation>
    </message>
    <message>
      <source>Copy value</source>
      <translation>复制值</translation>
    </message>
    <message>
      <source>Edit on a branch…</source>
      <translation>在分支上编辑…</translation>
    </message>
    <message>
      <source>History of this field</source>
      <translation>此字段的历史</translation>
    </message>
    <message>
      <source>State as JSON</source>
      <translation>JSON 形式的状态</translation>
    </message>
  </context>
  <context>
    <name>RecipientView</name>
    <message>
      <source>As the recipient will read it</source>
      <translation>收件人将看到的内容</translation>
    </message>
  </context>
  <context>
    <name>Redaction</name>
    <message>
      <source>Attachment</source>
      <translation>附件</translation>
    </message>
    <message>
      <source>Bank account</source>
      <translation>银行账户</translation>
    </message>
    <message>
      <source>Chinese id number</source>
      <translation>中国身份证号</translation>
    </message>
    <message>
      <source>E-mail address</source>
      <translation>电子邮件地址</translation>
    </message>
    <message>
      <source>Entry {position} of the notebook</source>
      <translation>笔记本第 {position} 条</translation>
    </message>
    <message>
      <source>Event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>Id of a payment method</source>
      <translation>付款方式编号</translation>
    </message>
    <message>
      <source>Internet address</source>
      <translation>网络地址</translation>
    </message>
    <message>
      <source>Key or password</source>
      <translation>密钥或密码</translation>
    </message>
    <message>
      <source>Metadata</source>
      <translation>元数据</translation>
    </message>
    <message>
      <source>Metadata of event {position}</source>
      <translation>事件 {position} 的元数据</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Name of a branch</source>
      <translation>分支名称</translation>
    </message>
    <message>
      <source>Name of the file</source>
      <translation>文件名</translation>
    </message>
    <message>
      <source>Pattern {label}</source>
      <translation>模式 {label}</translation>
    </message>
    <message>
      <source>Payment card</source>
      <translation>支付卡</translation>
    </message>
    <message>
      <source>Phone number</source>
      <translation>电话号码</translation>
    </message>
    <message>
      <source>Title of the session</source>
      <translation>会话标题</translation>
    </message>
    <message>
      <source>US social security number</source>
      <translation>美国社会保障号</translation>
    </message>
    <message>
      <source>keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>not reviewed</source>
      <translation>未审阅</translation>
    </message>
    <message>
      <source>redact</source>
      <translation>隐去</translation>
    </message>
  </context>
  <context>
    <name>RedactionDesk</name>
    <message>
      <source>Redaction profiles (*.json)</source>
      <translation>隐去配置 (*.json)</translation>
    </message>
    <message>
      <source>Save profile</source>
      <translation>保存配置</translation>
    </message>
    <message>
      <source>This shows texts as they are; end masking first.</source>
      <translation>此处会显示原文；请先结束遮盖。</translation>
    </message>
  </context>
  <context>
    <name>RedactionDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Personal data in this session</source>
      <translation>此会话中的个人数据</translation>
    </message>
    <message>
      <source>Save profile…</source>
      <translation>保存配置…</translation>
    </message>
    <message>
      <source>Write the file…</source>
      <translation>写入文件…</translation>
    </message>
  </context>
  <context>
    <name>RedactionPane</name>
    <message>
      <source>All {found} findings are reviewed; kept: {kept}.</source>
      <translation>{found} 项发现均已审查；保留：{kept}。</translation>
    </message>
    <message>
      <source>Detectors and people overlook things: nothing here promises that all was found.</source>
      <translation>检测器和人都可能遗漏：这里不保证已找到全部。</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Keep all of this kind but what you decided on one by one (Shift+K)</source>
      <translation>保留此类的全部内容，您逐一决定的除外 (Shift+K)</translation>
    </message>
    <message>
      <source>Keep this kind</source>
      <translation>保留此类</translation>
    </message>
    <message>
      <source>Keep what is selected (K)</source>
      <translation>保留所选项 (K)</translation>
    </message>
    <message>
      <source>Looked through</source>
      <translation>已查看</translation>
    </message>
    <message>
      <source>Looking for what should not leave…</source>
      <translation>正在查找不应外传的内容…</translation>
    </message>
    <message>
      <source>Nothing has been looked through yet.</source>
      <translation>尚未查看任何内容。</translation>
    </message>
    <message>
      <source>Nothing was found.</source>
      <translation>没有发现。</translation>
    </message>
    <message>
      <source>Redact</source>
      <translation>隐去</translation>
    </message>
    <message>
      <source>Redact all of this kind but what you decided on one by one (Shift+R)</source>
      <translation>隐去此类的全部内容，您逐一决定的除外 (Shift+R)</translation>
    </message>
    <message>
      <source>Redact everything that was found but what you decided on one by one</source>
      <translation>隐去找到的一切，您逐一决定的除外</translation>
    </message>
    <message>
      <source>Redact the rest</source>
      <translation>隐去其余</translation>
    </message>
    <message>
      <source>Redact this kind</source>
      <translation>隐去此类</translation>
    </message>
    <message>
      <source>Redact what is selected (R)</source>
      <translation>隐去所选项 (R)</translation>
    </message>
    <message>
      <source>Show the &amp;original</source>
      <translation>显示原文(&amp;O)</translation>
    </message>
    <message>
      <source>State of the review</source>
      <translation>审阅状态</translation>
    </message>
    <message>
      <source>Stopped before everything was looked through.</source>
      <translation>在全部查看完之前已停止。</translation>
    </message>
    <message>
      <source>{left} of {found} findings are not reviewed; nothing leaves before they are.</source>
      <translation>{found} 项发现中有 {left} 项未审阅；审阅完之前什么都不会外传。</translation>
    </message>
  </context>
  <context>
    <name>RenameDelegate</name>
    <message>
      <source>Name of the branch</source>
      <translation>分支的名称</translation>
    </message>
  </context>
  <context>
    <name>RequestExtras</name>
    <message>
      <source>A JSON schema is an object in braces.</source>
      <translation>JSON 模式是花括号中的对象。</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON schema</source>
      <translation>JSON 模式</translation>
    </message>
    <message>
      <source>The schema is no JSON: {reason}</source>
      <translation>模式不是 JSON：{reason}</translation>
    </message>
    <message>
      <source>chosen messages: {count}</source>
      <translation>所选消息：{count}</translation>
    </message>
    <message>
      <source>kept {time}</source>
      <translation>保留 {time}</translation>
    </message>
    <message>
      <source>last turns: {count}</source>
      <translation>最近轮次：{count}</translation>
    </message>
    <message>
      <source>line {number}: {reason}</source>
      <translation>第 {number} 行：{reason}</translation>
    </message>
    <message>
      <source>may be cut</source>
      <translation>可截断</translation>
    </message>
    <message>
      <source>no</source>
      <translation>否</translation>
    </message>
    <message>
      <source>pictures: {count}</source>
      <translation>图片：{count}</translation>
    </message>
    <message>
      <source>thinking {how}</source>
      <translation>思考：{how}</translation>
    </message>
    <message>
      <source>tools: {count}</source>
      <translation>工具：{count}</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>是</translation>
    </message>
  </context>
  <context>
    <name>RerunForm</name>
    <message>
      <source>Checks of every answer</source>
      <translation>对每个回答的检查</translation>
    </message>
    <message>
      <source>Choose sessions in the list of sessions first.</source>
      <translation>请先在会话列表中选择会话。</translation>
    </message>
    <message>
      <source>From the customer's turn</source>
      <translation>从客户的第几轮开始</translation>
    </message>
    <message>
      <source>From turn</source>
      <translation>起始轮次</translation>
    </message>
    <message>
      <source>Instructions</source>
      <translation>指令</translation>
    </message>
    <message>
      <source>Instructions with their versions</source>
      <translation>指令及其版本</translation>
    </message>
    <message>
      <source>Library…</source>
      <translation>指令库…</translation>
    </message>
    <message>
      <source>Longest answer</source>
      <translation>最长回答</translation>
    </message>
    <message>
      <source>Longest answer in tokens</source>
      <translation>最长回答（词元）</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>One temperature and one seed, please: each session is played once.</source>
      <translation>请只填一个温度和一个种子：每个会话只播放一次。</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>Sessions</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>Sessions to play again</source>
      <translation>要重新播放的会话</translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation>温度</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>模板</translation>
    </message>
    <message>
      <source>Template of the prompt</source>
      <translation>提示模板</translation>
    </message>
    <message>
      <source>There is no model; start Ollama, or fetch one.</source>
      <translation>没有模型；请启动 Ollama，或拉取一个模型。</translation>
    </message>
    <message>
      <source>Turns</source>
      <translation>轮次</translation>
    </message>
    <message>
      <source>all that remain</source>
      <translation>其余全部</translation>
    </message>
    <message>
      <source>as on the branch</source>
      <translation>与分支相同</translation>
    </message>
    <message>
      <source>model's own, or 0.2</source>
      <translation>模型默认，或 0.2</translation>
    </message>
    <message>
      <source>no limit</source>
      <translation>不限</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <source>random, or 1</source>
      <translation>随机，或 1</translation>
    </message>
  </context>
  <context>
    <name>RerunTable</name>
    <message>
      <source>Changed</source>
      <translation>有变化</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>未通过</translation>
    </message>
    <message>
      <source>Passed</source>
      <translation>通过</translation>
    </message>
    <message>
      <source>Session</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Turn {turn}</source>
      <translation>第 {turn} 轮</translation>
    </message>
    <message>
      <source>done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>done earlier</source>
      <translation>先前已完成</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>loading</source>
      <translation>正在加载</translation>
    </message>
    <message>
      <source>not played</source>
      <translation>未运行</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>reading</source>
      <translation>正在读取</translation>
    </message>
    <message>
      <source>running</source>
      <translation>运行中</translation>
    </message>
    <message>
      <source>turn {turn} of {all}</source>
      <translation>第 {turn} 轮，共 {all} 轮</translation>
    </message>
    <message>
      <source>waiting</source>
      <translation>等待中</translation>
    </message>
  </context>
  <context>
    <name>RerunTableView</name>
    <message>
      <source>Sessions and what came of their turns</source>
      <translation>会话及其各轮的结果</translation>
    </message>
  </context>
  <context>
    <name>Reruns</name>
    <message>
      <source>(no answer)</source>
      <translation>（没有回答）</translation>
    </message>
    <message>
      <source>Re-run: {text}</source>
      <translation>重跑：{text}</translation>
    </message>
    <message>
      <source>Recorded: {text}</source>
      <translation>已记录：{text}</translation>
    </message>
    <message>
      <source>about {minutes}:{seconds} left</source>
      <translation>约剩 {minutes}:{seconds}</translation>
    </message>
    <message>
      <source>all {count} sessions of the list</source>
      <translation>列表中的全部 {count} 个会话</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>有变化</translation>
    </message>
    <message>
      <source>checks: {passed} passed, {failed} failed</source>
      <translation>检查：{passed} 项通过，{failed} 项未通过</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>passed</source>
      <translation>通过</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>same</source>
      <translation>相同</translation>
    </message>
    <message>
      <source>skipped</source>
      <translation>已跳过</translation>
    </message>
    <message>
      <source>the last re-run: {count} sessions</source>
      <translation>上一次重跑：{count} 个会话</translation>
    </message>
    <message>
      <source>{count} answers</source>
      <translation>{count} 个回答</translation>
    </message>
    <message>
      <source>{count} came to no end</source>
      <translation>{count} 个未能结束</translation>
    </message>
    <message>
      <source>{count} changed</source>
      <translation>{count} 个有变化</translation>
    </message>
    <message>
      <source>{count} chosen sessions</source>
      <translation>所选的 {count} 个会话</translation>
    </message>
    <message>
      <source>{count} failed</source>
      <translation>{count} 项未通过</translation>
    </message>
    <message>
      <source>{count} played already</source>
      <translation>{count} 个先前已完成</translation>
    </message>
    <message>
      <source>{count} sessions, a branch in each</source>
      <translation>{count} 个会话，各建一个分支</translation>
    </message>
    <message>
      <source>{count} skipped</source>
      <translation>{count} 项已跳过</translation>
    </message>
    <message>
      <source>{count} without such a turn are passed over</source>
      <translation>{count} 个没有该轮，已跳过</translation>
    </message>
    <message>
      <source>{done} of {all} came to their end</source>
      <translation>{all} 个中有 {done} 个顺利结束</translation>
    </message>
    <message>
      <source>{done} of {all} done</source>
      <translation>已完成 {done} / {all}</translation>
    </message>
    <message>
      <source>{rate} tokens/s</source>
      <translation>{rate} 词元/秒</translation>
    </message>
  </context>
  <context>
    <name>RerunsDesk</name>
    <message>
      <source>All files (*)</source>
      <translation>所有文件 (*)</translation>
    </message>
    <message>
      <source>Checks (*.toml *.json)</source>
      <translation>检查 (*.toml *.json)</translation>
    </message>
    <message>
      <source>Checks from a file</source>
      <translation>从文件读取检查</translation>
    </message>
    <message>
      <source>Looking at the sessions…</source>
      <translation>正在查看会话…</translation>
    </message>
    <message>
      <source>Looking at the sessions… {done} of {all}</source>
      <translation>正在查看会话… {done} / {all}</translation>
    </message>
    <message>
      <source>Stopped; Start goes on with what is left.</source>
      <translation>已停止；“开始”会继续其余部分。</translation>
    </message>
    <message>
      <source>Trials are being played; wait for their end, or stop them.</source>
      <translation>试验正在运行；请等待其结束，或将其停止。</translation>
    </message>
  </context>
  <context>
    <name>RerunsDialog</name>
    <message>
      <source>All sessions</source>
      <translation>所有会话</translation>
    </message>
    <message>
      <source>Enter or a double click opens the session there, beside what was recorded</source>
      <translation>按回车或双击可在该处打开会话，与已记录内容并排显示</translation>
    </message>
    <message>
      <source>Failed or changed</source>
      <translation>未通过或有变化</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Play the rest of sessions again</source>
      <translation>重新播放多个会话的其余部分</translation>
    </message>
    <message>
      <source>Sessions played</source>
      <translation>已运行的会话</translation>
    </message>
    <message>
      <source>Sessions that are shown</source>
      <translation>显示的会话</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>What the re-runs come to</source>
      <translation>重跑的结果</translation>
    </message>
    <message>
      <source>With failures</source>
      <translation>有未通过的</translation>
    </message>
  </context>
  <context>
    <name>ResultEditor</name>
    <message>
      <source>Form of the result</source>
      <translation>结果的形式</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>The call failed</source>
      <translation>调用失败</translation>
    </message>
    <message>
      <source>This JSON is nested too deeply.</source>
      <translation>此 JSON 嵌套过深。</translation>
    </message>
    <message>
      <source>This is no JSON: line {line}, column {column}. Choose Text to give it as a text.</source>
      <translation>这不是 JSON：第 {line} 行第 {column} 列。选择“文本”可作为文本给出。</translation>
    </message>
  </context>
  <context>
    <name>RowTree</name>
    <message>
      <source>Edit on a branch…</source>
      <translation>在分支上编辑…</translation>
    </message>
    <message>
      <source>History of this field</source>
      <translation>此字段的历史</translation>
    </message>
  </context>
  <context>
    <name>RuleBar</name>
    <message>
      <source>Add a rule before this one, for some of the records</source>
      <translation>在此规则之前添加一条只适用于部分记录的规则</translation>
    </message>
    <message>
      <source>Column that decides whether the rule is for it</source>
      <translation>决定规则是否适用的列</translation>
    </message>
    <message>
      <source>Its values, with commas between</source>
      <translation>该列的值，用逗号分隔</translation>
    </message>
    <message>
      <source>Remove this rule</source>
      <translation>删除此规则</translation>
    </message>
    <message>
      <source>Rules: the first whose condition holds takes a record</source>
      <translation>规则：每条记录由第一条条件成立的规则处理</translation>
    </message>
    <message>
      <source>This rule is for records where</source>
      <translation>此规则适用的记录：</translation>
    </message>
    <message>
      <source>all records</source>
      <translation>所有记录</translation>
    </message>
    <message>
      <source>anything</source>
      <translation>任意值</translation>
    </message>
    <message>
      <source>is</source>
      <translation>等于</translation>
    </message>
  </context>
  <context>
    <name>Search</name>
    <message>
      <source>1 hit</source>
      <translation>1 处命中</translation>
    </message>
    <message>
      <source>At least {count} hits</source>
      <translation>至少 {count} 处命中</translation>
    </message>
    <message>
      <source>Customer {customer}: sessions {sessions}, events {events}, in order of time</source>
      <translation>客户 {customer}：{sessions} 个会话，{events} 个事件，按时间排列</translation>
    </message>
    <message>
      <source>No event holds that.</source>
      <translation>没有事件包含它。</translation>
    </message>
    <message>
      <source>Reading new events for the search: {share} %</source>
      <translation>正在为搜索读取新事件：{share} %</translation>
    </message>
    <message>
      <source>Reading the story of {customer}…</source>
      <translation>正在读取 {customer} 的经历…</translation>
    </message>
    <message>
      <source>event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>{count} hits</source>
      <translation>{count} 处命中</translation>
    </message>
  </context>
  <context>
    <name>SearchFilters</name>
    <message>
      <source>Actor of the events</source>
      <translation>事件的参与者</translation>
    </message>
    <message>
      <source>Any actor</source>
      <translation>任何参与者</translation>
    </message>
    <message>
      <source>Any class</source>
      <translation>任何分级</translation>
    </message>
    <message>
      <source>Any type</source>
      <translation>任何类型</translation>
    </message>
    <message>
      <source>Classification of the events</source>
      <translation>事件的分级</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>Id of the customer</source>
      <translation>客户的标识</translation>
    </message>
    <message>
      <source>Not after this date or time, such as 2024-02-29</source>
      <translation>不晚于此日期或时间，例如 2024-02-29</translation>
    </message>
    <message>
      <source>Not before this date or time, such as 2024-02-29</source>
      <translation>不早于此日期或时间，例如 2024-02-29</translation>
    </message>
    <message>
      <source>Since (date)</source>
      <translation>起始（日期）</translation>
    </message>
    <message>
      <source>This is no date yet.</source>
      <translation>这还不是日期。</translation>
    </message>
    <message>
      <source>Type of the events</source>
      <translation>事件的类型</translation>
    </message>
    <message>
      <source>Until (date)</source>
      <translation>截止（日期）</translation>
    </message>
  </context>
  <context>
    <name>SearchPanel</name>
    <message>
      <source>All sessions</source>
      <translation>全部会话</translation>
    </message>
    <message>
      <source>Filter by type, actor, classification, customer and time</source>
      <translation>按类型、参与者、分级、客户和时间筛选</translation>
    </message>
    <message>
      <source>Filters</source>
      <translation>筛选</translation>
    </message>
    <message>
      <source>Hits</source>
      <translation>命中</translation>
    </message>
    <message>
      <source>Search the texts of events</source>
      <translation>搜索事件的文本</translation>
    </message>
    <message>
      <source>This branch</source>
      <translation>此分支</translation>
    </message>
    <message>
      <source>This session</source>
      <translation>此会话</translation>
    </message>
    <message>
      <source>Type what was said, shown or noted, in any session or branch. All words have to occur in an event; put a phrase between quotes. Filters work without words too.</source>
      <translation>输入任何会话或分支中说过、显示过或记下的内容。所有词都必须出现在同一事件中；短语请加引号。不输入词也可以只用筛选。</translation>
    </message>
    <message>
      <source>Where to search</source>
      <translation>搜索范围</translation>
    </message>
    <message>
      <source>Words, or a "phrase"</source>
      <translation>词，或 "短语"</translation>
    </message>
  </context>
  <context>
    <name>Sessions</name>
    <message>
      <source>{count} branches</source>
      <translation>{count} 个分支</translation>
    </message>
    <message>
      <source>{count} event</source>
      <translation>{count} 个事件</translation>
    </message>
    <message>
      <source>{count} events</source>
      <translation>{count} 个事件</translation>
    </message>
  </context>
  <context>
    <name>ShareBanner</name>
    <message>
      <source>Import into my store</source>
      <translation>导入到我的存储</translation>
    </message>
    <message>
      <source>Read-only: shared by {name} on {day}.</source>
      <translation>只读：由 {name} 于 {day} 分享。</translation>
    </message>
    <message>
      <source>Read-only: shared on {day}.</source>
      <translation>只读：于 {day} 分享。</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>What was said before event {number} is not in it.</source>
      <translation>其中不含第 {number} 个事件之前所说的话。</translation>
    </message>
  </context>
  <context>
    <name>ShareDesk</name>
    <message>
      <source>Importing…</source>
      <translation>正在导入…</translation>
    </message>
    <message>
      <source>Stopped; nothing was imported.</source>
      <translation>已停止；没有导入任何内容。</translation>
    </message>
    <message>
      <source>The session is in your store now: {count} events are new.</source>
      <translation>会话现已在您的存储中：新增 {count} 个事件。</translation>
    </message>
    <message>
      <source>The session was in your store already; nothing was changed.</source>
      <translation>会话已在您的存储中；没有任何更改。</translation>
    </message>
    <message>
      <source>This window is read-only: import the session into your store, and branch or write there.</source>
      <translation>此窗口为只读：请将会话导入您的库，再在那里创建分支或书写。</translation>
    </message>
  </context>
  <context>
    <name>ShortcutSheet</name>
    <message>
      <source>, usually {keys}</source>
      <translation>，默认为 {keys}</translation>
    </message>
    <message>
      <source>All keys as usual</source>
      <translation>全部按键恢复默认</translation>
    </message>
    <message>
      <source>Click a key to change it. While you type in a field, keys without Ctrl or Alt belong to the field.</source>
      <translation>点击按键可更改。在字段中输入时，不带 Ctrl 或 Alt 的按键属于该字段。</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>按键</translation>
    </message>
    <message>
      <source>Keys by group</source>
      <translation>按组列出的按键</translation>
    </message>
    <message>
      <source>no key</source>
      <translation>无按键</translation>
    </message>
    <message>
      <source>{action}: {keys}; change it</source>
      <translation>{action}：{keys}；更改</translation>
    </message>
  </context>
  <context>
    <name>SideBySide</name>
    <message>
      <source>Comparing words</source>
      <translation>正在逐词比较</translation>
    </message>
    <message>
      <source>Continue from this one</source>
      <translation>从此分支继续</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>Customer: {text}</source>
      <translation>客户：{text}</translation>
    </message>
    <message>
      <source>Leave out of the comparison</source>
      <translation>移出比较</translation>
    </message>
    <message>
      <source>Make it the baseline</source>
      <translation>设为基准</translation>
    </message>
    <message>
      <source>No answer.</source>
      <translation>没有回答。</translation>
    </message>
    <message>
      <source>Ranks of the list shown</source>
      <translation>所示列表的名次</translation>
    </message>
    <message>
      <source>Ranks predicted</source>
      <translation>预测的名次</translation>
    </message>
    <message>
      <source>Show this branch</source>
      <translation>显示此分支</translation>
    </message>
    <message>
      <source>The same answer as {name}.</source>
      <translation>与 {name} 的回答相同。</translation>
    </message>
    <message>
      <source>This branch has no such turn.</source>
      <translation>此分支没有这一轮。</translation>
    </message>
    <message>
      <source>What to do with {name}</source>
      <translation>对 {name} 的操作</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <translation>另有 {count} 个</translation>
    </message>
    <message>
      <source>and {count} other settings</source>
      <translation>以及另外 {count} 项设置</translation>
    </message>
    <message>
      <source>baseline</source>
      <translation>基准</translation>
    </message>
    <message>
      <source>changed by a person</source>
      <translation>由人改动</translation>
    </message>
    <message>
      <source>continued</source>
      <translation>续写</translation>
    </message>
    <message>
      <source>customer typed here</source>
      <translation>客户的话在此输入</translation>
    </message>
    <message>
      <source>different</source>
      <translation>不同</translation>
    </message>
    <message>
      <source>instructions {label}</source>
      <translation>指令 {label}</translation>
    </message>
    <message>
      <source>no model asked</source>
      <translation>未询问模型</translation>
    </message>
    <message>
      <source>partial</source>
      <translation>部分</translation>
    </message>
    <message>
      <source>re-run</source>
      <translation>重跑</translation>
    </message>
    <message>
      <source>recorded</source>
      <translation>已记录</translation>
    </message>
    <message>
      <source>recorded, applied again</source>
      <translation>已记录，再次应用</translation>
    </message>
    <message>
      <source>seed {value}</source>
      <translation>种子 {value}</translation>
    </message>
    <message>
      <source>temperature {value}</source>
      <translation>温度 {value}</translation>
    </message>
    <message>
      <source>the same on all</source>
      <translation>全部相同</translation>
    </message>
    <message>
      <source>{count} events shared</source>
      <translation>共有 {count} 个事件</translation>
    </message>
    <message>
      <source>{count} whole turns left out</source>
      <translation>{count} 个完整轮次已省略</translation>
    </message>
    <message>
      <source>{how} by {model}</source>
      <translation>{how}，由 {model}</translation>
    </message>
    <message>
      <source>{item} came in at {after}</source>
      <translation>{item} 进入第 {after} 名</translation>
    </message>
    <message>
      <source>{item} left, was at {before}</source>
      <translation>{item} 离开，原为第 {before} 名</translation>
    </message>
    <message>
      <source>{item} moved from {before} to {after}</source>
      <translation>{item} 从第 {before} 名移到第 {after} 名</translation>
    </message>
    <message>
      <source>{name}: no such turn</source>
      <translation>{name}：没有这一轮</translation>
    </message>
    <message>
      <source>{name}: the same as {other}</source>
      <translation>{name}：与 {other} 相同</translation>
    </message>
    <message>
      <source>×{count} the same answer</source>
      <translation>×{count} 相同的回答</translation>
    </message>
  </context>
  <context>
    <name>SideBySideDesk</name>
    <message>
      <source>Aligning the turns</source>
      <translation>正在对齐各轮</translation>
    </message>
    <message>
      <source>Comparing states</source>
      <translation>正在比较状态</translation>
    </message>
    <message>
      <source>Comparing the turns</source>
      <translation>正在比较各轮</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>正在比较…</translation>
    </message>
    <message>
      <source>Reading the turns</source>
      <translation>正在读取各轮</translation>
    </message>
    <message>
      <source>Rebuilding the states</source>
      <translation>正在重建状态</translation>
    </message>
    <message>
      <source>Repeated too seldom to tell a change from chance: {count} of these branches.</source>
      <translation>重复次数太少，无法区分变化与偶然：其中 {count} 个分支。</translation>
    </message>
    <message>
      <source>Repeated too seldom to tell a change from chance: {names}.</source>
      <translation>重复次数太少，无法区分改动与偶然：{names}。</translation>
    </message>
    <message>
      <source>There is one branch only. Branch at any event (B), then compare.</source>
      <translation>只有一个分支。请先在任一事件处分支 (B)，再比较。</translation>
    </message>
    <message>
      <source>Write the comparison</source>
      <translation>写出比较结果</translation>
    </message>
    <message>
      <source>Written to {file}</source>
      <translation>已写入 {file}</translation>
    </message>
    <message>
      <source>comparison</source>
      <translation>比较</translation>
    </message>
    <message>
      <source>first difference at event {position}</source>
      <translation>第一处差异在事件 {position}</translation>
    </message>
    <message>
      <source>permutation test, level {alpha}</source>
      <translation>置换检验，水平 {alpha}</translation>
    </message>
    <message>
      <source>what was said and done is the same</source>
      <translation>所说所做相同</translation>
    </message>
    <message>
      <source>{different} of {all} turns differ</source>
      <translation>{all} 轮中有 {different} 轮不同</translation>
    </message>
    <message>
      <source>{name} differs from {base} more than repetition does (p = {p}, {test}).</source>
      <translation>{name} 与 {base} 的差异大于重复运行的差异（p = {p}，{test}）。</translation>
    </message>
    <message>
      <source>{name} differs from {base} no more than repetition does (p = {p}, {test}).</source>
      <translation>{name} 与 {base} 的差异不大于重复运行的差异（p = {p}，{test}）。</translation>
    </message>
  </context>
  <context>
    <name>SideBySideView</name>
    <message>
      <source>As chosen</source>
      <translation>按选择的顺序</translation>
    </message>
    <message>
      <source>Branches…</source>
      <translation>分支…</translation>
    </message>
    <message>
      <source>By {metric}</source>
      <translation>按{metric}</translation>
    </message>
    <message>
      <source>Choose what is compared (Shift+C)</source>
      <translation>选择比较的内容 (Shift+C)</translation>
    </message>
    <message>
      <source>Close the comparison</source>
      <translation>关闭比较</translation>
    </message>
    <message>
      <source>Close the comparison (Esc)</source>
      <translation>关闭比较 (Esc)</translation>
    </message>
    <message>
      <source>Comparison</source>
      <translation>比较</translation>
    </message>
    <message>
      <source>Different only</source>
      <translation>只看不同</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>导出…</translation>
    </message>
    <message>
      <source>HTML</source>
      <translation>HTML</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>Judge the answers without knowing whose they are</source>
      <translation>在不知道出自谁的情况下评判回答</translation>
    </message>
    <message>
      <source>Judge…</source>
      <translation>评判…</translation>
    </message>
    <message>
      <source>Leave out turns that are the same everywhere</source>
      <translation>略去处处相同的轮次</translation>
    </message>
    <message>
      <source>Mark differences word by word</source>
      <translation>逐词标出差异</translation>
    </message>
    <message>
      <source>Markdown</source>
      <translation>Markdown</translation>
    </message>
    <message>
      <source>Measures</source>
      <translation>指标</translation>
    </message>
    <message>
      <source>Next difference (F7)</source>
      <translation>下一处差异 (F7)</translation>
    </message>
    <message>
      <source>Nothing differs: all of it is the same on these branches.</source>
      <translation>没有差异：这些分支上全部相同。</translation>
    </message>
    <message>
      <source>Order of the branches</source>
      <translation>分支的顺序</translation>
    </message>
    <message>
      <source>Previous difference (Shift+F7)</source>
      <translation>上一处差异 (Shift+F7)</translation>
    </message>
    <message>
      <source>States</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>These branches have no turns beyond what they share.</source>
      <translation>这些分支在共有部分之外没有轮次。</translation>
    </message>
    <message>
      <source>Turns</source>
      <translation>轮次</translation>
    </message>
    <message>
      <source>What is compared</source>
      <translation>比较的内容</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>词</translation>
    </message>
    <message>
      <source>Write the comparison to a file</source>
      <translation>将比较结果写入文件</translation>
    </message>
  </context>
  <context>
    <name>SourceBar</name>
    <message>
      <source>Bar</source>
      <translation>竖线</translation>
    </message>
    <message>
      <source>Comma</source>
      <translation>逗号</translation>
    </message>
    <message>
      <source>Database…</source>
      <translation>数据库…</translation>
    </message>
    <message>
      <source>Encoding</source>
      <translation>编码</translation>
    </message>
    <message>
      <source>File…</source>
      <translation>文件…</translation>
    </message>
    <message>
      <source>Map a table or query of a PostgreSQL server</source>
      <translation>映射 PostgreSQL 服务器的表或查询</translation>
    </message>
    <message>
      <source>Map another file</source>
      <translation>映射另一个文件</translation>
    </message>
    <message>
      <source>Query: one SELECT</source>
      <translation>查询：一条 SELECT</translation>
    </message>
    <message>
      <source>Semicolon</source>
      <translation>分号</translation>
    </message>
    <message>
      <source>Separator found</source>
      <translation>自动识别分隔符</translation>
    </message>
    <message>
      <source>Separator of columns</source>
      <translation>列分隔符</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>制表符</translation>
    </message>
    <message>
      <source>Table of the database</source>
      <translation>数据库中的表</translation>
    </message>
    <message>
      <source>Where the records stand in the file</source>
      <translation>记录在文件中的位置</translation>
    </message>
  </context>
  <context>
    <name>SourceTable</name>
    <message>
      <source>Record</source>
      <translation>记录</translation>
    </message>
  </context>
  <context>
    <name>StatesPage</name>
    <message>
      <source>Beside the conversation their states are the same.</source>
      <translation>除对话外，它们的状态相同。</translation>
    </message>
    <message>
      <source>Branch whose state is compared with the baseline's</source>
      <translation>状态与基准相比较的分支</translation>
    </message>
    <message>
      <source>Comparing states…</source>
      <translation>正在比较状态…</translation>
    </message>
    <message>
      <source>Differences of state</source>
      <translation>状态的差异</translation>
    </message>
    <message>
      <source>at event {at}, held against {name} at event {other}</source>
      <translation>在事件 {at}，与 {name} 的事件 {other} 对照</translation>
    </message>
  </context>
  <context>
    <name>TemplateDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Keep as a new version</source>
      <translation>保存为新版本</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Name of the template</source>
      <translation>模板的名称</translation>
    </message>
    <message>
      <source>Names: {names}</source>
      <translation>可用名称：{names}</translation>
    </message>
    <message>
      <source>Nothing goes into the prompt here.</source>
      <translation>此处没有内容进入提示词。</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>模板</translation>
    </message>
    <message>
      <source>Template of the prompt</source>
      <translation>提示词的模板</translation>
    </message>
    <message>
      <source>Text of the template</source>
      <translation>模板的文本</translation>
    </message>
    <message>
      <source>Use it without keeping</source>
      <translation>使用但不保存</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>版本</translation>
    </message>
    <message>
      <source>Versions that were kept</source>
      <translation>已保存的版本</translation>
    </message>
    <message>
      <source>What it gives at the playhead</source>
      <translation>它在播放头处得到的内容</translation>
    </message>
    <message>
      <source>as it is now</source>
      <translation>现在的样子</translation>
    </message>
    <message>
      <source>unsaved</source>
      <translation>未保存</translation>
    </message>
  </context>
  <context>
    <name>TextEditor</name>
    <message>
      <source>One value a line; without any, the slot is not set.</source>
      <translation>每行一个值；没有值则不设置该槽位。</translation>
    </message>
  </context>
  <context>
    <name>Time</name>
    <message>
      <source>+{days} d</source>
      <translation>+{days} 天</translation>
    </message>
  </context>
  <context>
    <name>Timeline</name>
    <message>
      <source>Analyst</source>
      <translation>分析</translation>
    </message>
    <message>
      <source>Branches</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>By clock</source>
      <translation>按时钟</translation>
    </message>
    <message>
      <source>By clock, idle cut</source>
      <translation>按时钟，去除空闲</translation>
    </message>
    <message>
      <source>By event</source>
      <translation>按事件</translation>
    </message>
    <message>
      <source>Derived</source>
      <translation>派生</translation>
    </message>
    <message>
      <source>Find when · {count}</source>
      <translation>查找何时 · {count}</translation>
    </message>
    <message>
      <source>Search · {count}</source>
      <translation>搜索 · {count}</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <translation>另有 {count} 个</translation>
    </message>
    <message>
      <source>before the first of {head} events</source>
      <translation>{head} 个事件中第一个之前</translation>
    </message>
    <message>
      <source>event {position}</source>
      <translation>事件 {position}</translation>
    </message>
    <message>
      <source>event {position} of {head}</source>
      <translation>第 {position} 个事件，共 {head} 个</translation>
    </message>
    <message>
      <source>no session open</source>
      <translation>没有打开会话</translation>
    </message>
    <message>
      <source>no time recorded</source>
      <translation>没有记录时间</translation>
    </message>
    <message>
      <source>{count} events from the playhead</source>
      <translation>距播放头 {count} 个事件</translation>
    </message>
  </context>
  <context>
    <name>TimelinePresenter</name>
    <message>
      <source>Copied: {link}</source>
      <translation>已复制：{link}</translation>
    </message>
    <message>
      <source>No event of this branch has a time to step by.</source>
      <translation>此分支没有带时间的事件，无法按时间移动。</translation>
    </message>
    <message>
      <source>Paused at event {position}: a breakpoint.</source>
      <translation>在事件 {position} 处暂停：断点。</translation>
    </message>
  </context>
  <context>
    <name>ToolDialog</name>
    <message>
      <source>Arguments</source>
      <translation>参数</translation>
    </message>
    <message>
      <source>Give this result</source>
      <translation>给出此结果</translation>
    </message>
    <message>
      <source>JSON, or plain text</source>
      <translation>JSON 或纯文本</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Stop the model</source>
      <translation>停止模型</translation>
    </message>
    <message>
      <source>The model has called {name} with:</source>
      <translation>模型调用了 {name}，参数为：</translation>
    </message>
    <message>
      <source>The tool failed</source>
      <translation>工具失败</translation>
    </message>
    <message>
      <source>What did the tool return?</source>
      <translation>工具返回了什么？</translation>
    </message>
  </context>
  <context>
    <name>TransportBar</name>
    <message>
      <source>All commands</source>
      <translation>全部命令</translation>
    </message>
    <message>
      <source>Branch</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Branch in focus: {name}</source>
      <translation>当前分支：{name}</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>事件</translation>
    </message>
    <message>
      <source>Event at the playhead</source>
      <translation>播放头处的事件</translation>
    </message>
    <message>
      <source>No session open</source>
      <translation>没有打开会话</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Session</source>
      <translation>会话</translation>
    </message>
    <message>
      <source>Type 412, 14:03, +5m, +10 or 50% and press Enter to go there</source>
      <translation>输入 412、14:03、+5m、+10 或 50%，按 Enter 前往</translation>
    </message>
  </context>
  <context>
    <name>TrialForm</name>
    <message>
      <source>Customer</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>From</source>
      <translation>起点</translation>
    </message>
    <message>
      <source>Instructions</source>
      <translation>指令</translation>
    </message>
    <message>
      <source>Instructions to try</source>
      <translation>要尝试的指令</translation>
    </message>
    <message>
      <source>Instructions with their versions</source>
      <translation>指令及其版本</translation>
    </message>
    <message>
      <source>Library…</source>
      <translation>指令库…</translation>
    </message>
    <message>
      <source>Longest answer</source>
      <translation>最长回答</translation>
    </message>
    <message>
      <source>Longest answer in tokens</source>
      <translation>最长回答的 token 数</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Models to try</source>
      <translation>要尝试的模型</translation>
    </message>
    <message>
      <source>Other answers here</source>
      <translation>此处的其他回答</translation>
    </message>
    <message>
      <source>Play the rest again</source>
      <translation>重新播放其余部分</translation>
    </message>
    <message>
      <source>Repeat with nothing changed</source>
      <translation>不作改动地重复</translation>
    </message>
    <message>
      <source>Repetitions</source>
      <translation>重复次数</translation>
    </message>
    <message>
      <source>Seeds</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>Temperatures</source>
      <translation>温度</translation>
    </message>
    <message>
      <source>Tick at least one model.</source>
      <translation>请至少勾选一个模型。</translation>
    </message>
    <message>
      <source>Tick the instructions to try.</source>
      <translation>请勾选要尝试的指令。</translation>
    </message>
    <message>
      <source>Try</source>
      <translation>尝试</translation>
    </message>
    <message>
      <source>Turns</source>
      <translation>轮次</translation>
    </message>
    <message>
      <source>What the customer says</source>
      <translation>客户说的话</translation>
    </message>
    <message>
      <source>What the customer says; empty: answer what was said last</source>
      <translation>客户说的话；留空则回答最后一句</translation>
    </message>
    <message>
      <source>What to try</source>
      <translation>尝试的内容</translation>
    </message>
    <message>
      <source>all that remain</source>
      <translation>其余全部</translation>
    </message>
    <message>
      <source>as on the branch</source>
      <translation>与分支相同</translation>
    </message>
    <message>
      <source>model's own, or 0.2, 0.8</source>
      <translation>模型默认，或 0.2, 0.8</translation>
    </message>
    <message>
      <source>no limit</source>
      <translation>不限</translation>
    </message>
    <message>
      <source>random, or 1, 2, 5-8</source>
      <translation>随机，或 1, 2, 5-8</translation>
    </message>
    <message>
      <source>{branch}, event {at}</source>
      <translation>{branch}，事件 {at}</translation>
    </message>
  </context>
  <context>
    <name>TrialsDesk</name>
    <message>
      <source>One trial, on a branch of its own from event {at}</source>
      <translation>一次试验，从事件 {at} 起在自己的分支上</translation>
    </message>
    <message>
      <source>Stopped; Start goes on with what is left.</source>
      <translation>已停止；按“开始”继续剩余部分。</translation>
    </message>
    <message>
      <source>about {minutes}:{seconds} left</source>
      <translation>约剩 {minutes}:{seconds}</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>{count} failed</source>
      <translation>{count} 次失败</translation>
    </message>
    <message>
      <source>{count} trials, each on a branch of its own from event {at}</source>
      <translation>{count} 次试验，各自从事件 {at} 起在自己的分支上</translation>
    </message>
    <message>
      <source>{done} of {all} done</source>
      <translation>已完成 {done} / {all}</translation>
    </message>
    <message>
      <source>{good} of {all} came to their end</source>
      <translation>{all} 次中有 {good} 次顺利结束</translation>
    </message>
  </context>
  <context>
    <name>TrialsDialog</name>
    <message>
      <source>Compare</source>
      <translation>比较</translation>
    </message>
    <message>
      <source>Compare {count}</source>
      <translation>比较 {count} 个</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Trials</source>
      <translation>试验</translation>
    </message>
    <message>
      <source>Trials of the plan</source>
      <translation>计划中的试验</translation>
    </message>
    <message>
      <source>Trials played</source>
      <translation>已运行的试验</translation>
    </message>
    <message>
      <source>What the trials come to</source>
      <translation>这些试验的规模</translation>
    </message>
  </context>
  <context>
    <name>TrialsModel</name>
    <message>
      <source> · {rate} tokens/s</source>
      <translation> · {rate} token/秒</translation>
    </message>
    <message>
      <source>Answer</source>
      <translation>回答</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Trial</source>
      <translation>试验</translation>
    </message>
    <message>
      <source>done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>not played</source>
      <translation>未运行</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>running</source>
      <translation>运行中</translation>
    </message>
    <message>
      <source>turn {turn} of {all}</source>
      <translation>第 {turn} 轮，共 {all} 轮</translation>
    </message>
    <message>
      <source>waiting</source>
      <translation>等待中</translation>
    </message>
  </context>
  <context>
    <name>ValuesTable</name>
    <message>
      <source>Means</source>
      <translation>含义</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>值</translation>
    </message>
    <message>
      <source>What {value} means</source>
      <translation>{value} 的含义</translation>
    </message>
    <message>
      <source>always</source>
      <translation>始终</translation>
    </message>
    <message>
      <source>as others</source>
      <translation>同其他</translation>
    </message>
    <message>
      <source>do not fit</source>
      <translation>不符合</translation>
    </message>
    <message>
      <source>others</source>
      <translation>其他</translation>
    </message>
    <message>
      <source>{title}: all others</source>
      <translation>{title}：其他所有</translation>
    </message>
  </context>
  <context>
    <name>WantedLine</name>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Look for this too</source>
      <translation>也查找这个</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Name or pattern to look for</source>
      <translation>要查找的姓名或模式</translation>
    </message>
    <message>
      <source>Pattern</source>
      <translation>模式</translation>
    </message>
    <message>
      <source>What to look for</source>
      <translation>查找什么</translation>
    </message>
  </context>
  <context>
    <name>WhatIf</name>
    <message>
      <source>Assistant's answer, event {position}</source>
      <translation>助手的回答，事件 {position}</translation>
    </message>
    <message>
      <source>Branches after event {position}, outside the call of {call}; {count} later events stay on {branch}</source>
      <translation>在事件 {position} 之后分支，位于对 {call} 的调用之外；其后 {count} 个事件留在 {branch} 上</translation>
    </message>
    <message>
      <source>Customer's message, event {position}</source>
      <translation>客户的消息，事件 {position}</translation>
    </message>
    <message>
      <source>Event {asked} is inside the open call of {call}, so it branches after event {position} instead.</source>
      <translation>事件 {asked} 位于对 {call} 的未完成调用之中，因此改在事件 {position} 之后分支。</translation>
    </message>
    <message>
      <source>Event {asked} is inside the open call of {call}, so it branches before the first event instead.</source>
      <translation>事件 {asked} 位于对 {call} 的未完成调用之中，因此改在第一个事件之前分支。</translation>
    </message>
    <message>
      <source>Event {position} and {count} events that depend on it are left out.</source>
      <translation>略去事件 {position} 以及依赖它的 {count} 个事件。</translation>
    </message>
    <message>
      <source>Event {position} is left out.</source>
      <translation>略去事件 {position}。</translation>
    </message>
    <message>
      <source>Instructions at event {position}</source>
      <translation>事件 {position} 处的指令</translation>
    </message>
    <message>
      <source>List shown at event {position}</source>
      <translation>事件 {position} 处显示的列表</translation>
    </message>
    <message>
      <source>Result of {tool}, called at event {position}</source>
      <translation>{tool} 的结果，在事件 {position} 处调用</translation>
    </message>
    <message>
      <source>Slot {slot} of {service} at event {position}</source>
      <translation>事件 {position} 处 {service} 的槽位 {slot}</translation>
    </message>
    <message>
      <source>The branch holds {holding}.</source>
      <translation>该分支包含{holding}。</translation>
    </message>
    <message>
      <source>The call of {tool} stays open.</source>
      <translation>对 {tool} 的调用保持未完成。</translation>
    </message>
    <message>
      <source>The change is appended to {branch} after event {position}.</source>
      <translation>更改追加到 {branch} 上，位于事件 {position} 之后。</translation>
    </message>
    <message>
      <source>caused by event {position}</source>
      <translation>由事件 {position} 引起</translation>
    </message>
    <message>
      <source>no later event is on {branch}</source>
      <translation>{branch} 上没有更晚的事件</translation>
    </message>
    <message>
      <source>speaks of event {position}</source>
      <translation>提及事件 {position}</translation>
    </message>
    <message>
      <source>the state before the first event</source>
      <translation>第一个事件之前的状态</translation>
    </message>
    <message>
      <source>the state of event {position}</source>
      <translation>事件 {position} 的状态</translation>
    </message>
    <message>
      <source>{count} events cannot be applied any more and become problems of the state.</source>
      <translation>{count} 个事件无法再应用，成为状态中的问题。</translation>
    </message>
    <message>
      <source>{count} events depend on it and go too:</source>
      <translation>{count} 个事件依赖它，将一并略去：</translation>
    </message>
    <message>
      <source>{count} events depend on it and stay:</source>
      <translation>{count} 个事件依赖它，予以保留：</translation>
    </message>
    <message>
      <source>{count} later events stay on {branch}</source>
      <translation>其后 {count} 个事件留在 {branch} 上</translation>
    </message>
    <message>
      <source>{count} recorded events are applied again.</source>
      <translation>{count} 个已记录的事件会再次应用。</translation>
    </message>
    <message>
      <source>{count} turns</source>
      <translation>{count} 轮对话</translation>
    </message>
    <message>
      <source>{held}; {later}</source>
      <translation>{held}；{later}</translation>
    </message>
    <message>
      <source>{turns} and {state}</source>
      <translation>{turns}以及{state}</translation>
    </message>
  </context>
  <context>
    <name>WhatIfDesk</name>
    <message>
      <source>The branch holds {holding}.</source>
      <translation>该分支包含 {holding}。</translation>
    </message>
    <message>
      <source>This cannot be changed by itself; messages, results, lists, slots and instructions can.</source>
      <translation>这一项不能单独改动；消息、结果、列表、槽位和指令可以。</translation>
    </message>
    <message>
      <source>This is the moment before the first event; there is nothing to leave out.</source>
      <translation>这是第一个事件之前的时刻；没有可省去的内容。</translation>
    </message>
    <message>
      <source>without {position}</source>
      <translation>不含 {position}</translation>
    </message>
    <message>
      <source>{branch} is made; what it came from stays as it was.</source>
      <translation>{branch} 已创建；它的来源保持不变。</translation>
    </message>
  </context>
  <context>
    <name>WhatIfFrame</name>
    <message>
      <source>Append the change</source>
      <translation>追加改动</translation>
    </message>
    <message>
      <source>Branch</source>
      <translation>分支</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Make the branch</source>
      <translation>创建分支</translation>
    </message>
    <message>
      <source>Name of the new branch</source>
      <translation>新分支的名称</translation>
    </message>
    <message>
      <source>Nothing is different yet.</source>
      <translation>还没有任何不同。</translation>
    </message>
    <message>
      <source>On a new branch</source>
      <translation>在新分支上</translation>
    </message>
    <message>
      <source>On {branch}, which ends here</source>
      <translation>在 {branch} 上，它到此结束</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>What will happen</source>
      <translation>将会发生什么</translation>
    </message>
    <message>
      <source>Why it cannot be made</source>
      <translation>不能创建的原因</translation>
    </message>
  </context>
  <context>
    <name>WhyPage</name>
    <message>
      <source>Click a value in the state, or press Enter on it, to see every event that changed it.</source>
      <translation>点击状态中的一个值，或在其上按 Enter，可查看改动过它的每个事件。</translation>
    </message>
    <message>
      <source>Do not follow this field any more</source>
      <translation>不再跟踪此字段</translation>
    </message>
    <message>
      <source>Pinned field</source>
      <translation>固定的字段</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop reading the history</source>
      <translation>停止读取历史</translation>
    </message>
    <message>
      <source>Unpin</source>
      <translation>取消固定</translation>
    </message>
    <message>
      <source>Why, and every change of the pinned field</source>
      <translation>固定字段的原因和每次变化</translation>
    </message>
  </context>
  <context>
    <name>WindowApplication</name>
    <message>
      <source>Bringing the store to its new layout, once: {percent} %</source>
      <translation>正在将存储转换为新的布局（仅一次）：{percent} %</translation>
    </message>
    <message>
      <source>Opening…</source>
      <translation>正在打开…</translation>
    </message>
  </context>
  <context>
    <name>Workspace</name>
    <message>
      <source>Opening…</source>
      <translation>正在打开…</translation>
    </message>
    <message>
      <source>Preparing</source>
      <translation>正在准备</translation>
    </message>
  </context>
</TS>
