# %% [markdown] tags=["zh"]
# # 欢迎来学 PyTorch
#
# 这门课用笔记本（notebook）教 PyTorch 的基础：先讲一点，再练一点，练完马上知道对不对。
#
# {{ sections }}
#
# 点链接打开一节，从第一节开始，按顺序学。忘了哪个词是什么意思，就查[术语表](glossary.ipynb)；忘了怎么写，就看[速查表](cheatsheet.html)：整门课在一页纸上，在浏览器里打开还可以打印。

# %% [markdown] tags=["en"]
# # Welcome to PyTorch
#
# This course teaches the basics of PyTorch in notebooks: a little to read, a little to do, and you know at once whether it is right.
#
# {{ sections }}
#
# Follow a link to open a section; begin with the first and take them in order. What a word means stands in the [glossary](glossary.ipynb), how a thing is written on the [cheat sheet](cheatsheet.html): the whole course on one page, which prints from a browser.

# %% [markdown] tags=["zh"]
# ## 怎么用
#
# - **运行**一个单元格：点一下它，按 `Shift`+`Enter`。从上往下，一个也不要跳过。
# - **练习**有四个单元格：题目；答案（把 `raise NotImplementedError()` 换成你的代码）；一行试验田，随便改；检查（锁住了，改不了；平时折叠着，点一下就能展开来读）。
# - 写完答案，**依次运行**答案单元格和检查单元格。绿色的一行表示通过，红色的一行说错在哪里、怎么办。改过答案，两个都要再运行一次。
# - 卡住了就点开**提示**，一条比一条说得多。
# - 批改的时候，还会换别的数据再测一遍。所以要写对任何输入都成立的代码，不要只凑例子里的数。
# - 你的文件**自动保存**，下次打开接着做。内核（kernel）重启以后变量都没了：从菜单 Run 里选 Run All Cells，重新运行一遍就好，空着的练习不会挡路。

# %% [markdown] tags=["en"]
# ## How it works
#
# - To **run** a cell, click it and press `Shift`+`Enter`. Go from top to bottom and leave none out.
# - An **exercise** has four cells: the task; your answer (replace `raise NotImplementedError()` by your code); a line to try it with, change it as you like; and the check, which is locked and folded (click it to read it).
# - When your answer is written, **run** its cell and then the check. A green line means it passed; a red one says what is wrong and how to go on. After a change, run both again.
# - If you are stuck, open the **hints**; each tells you more than the one before.
# - Grading runs your code on other data too, so write code that is right for any input, not just for the example's numbers.
# - Your file is **saved** as you go, and you continue next time where you stopped. A restarted kernel has forgotten all variables: choose Run All Cells from the Run menu; blank exercises don't get in the way.
