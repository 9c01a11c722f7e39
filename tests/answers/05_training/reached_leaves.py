# %% recursive kind="right"
def reached_leaves(output):
    found, visited = [], set()

    def walk(node):
        if node is None or node in visited:
            return
        visited.add(node)
        if node.name().endswith("AccumulateGrad"):
            found.append(node.variable)
        for source, _ in node.next_functions:
            walk(source)

    if output.is_leaf and output.requires_grad:
        return [output]
    walk(output.grad_fn)
    return found


# %% by id in a dictionary kind="right"
def reached_leaves(output):
    if output.requires_grad and output.is_leaf:
        return [output]
    leaves, nodes = {}, {}
    queue = [output.grad_fn]
    for node in queue:
        if node is None or node in nodes:
            continue
        nodes[node] = True
        leaf = getattr(node, "variable", None)
        if leaf is not None:
            leaves[id(leaf)] = leaf
        queue.extend(pair[0] for pair in node.next_functions)
    return list(leaves.values())


# %% any with is kind="right"
def reached_leaves(output):
    result = []
    if not output.requires_grad:
        return result
    if output.grad_fn is None:
        result.append(output)
        return result
    stack, seen = [output.grad_fn], {output.grad_fn}
    while len(stack) > 0:
        node = stack.pop(0)
        if hasattr(node, "variable") and not any(leaf is node.variable for leaf in result):
            result.append(node.variable)
        for source, index in node.next_functions:
            if source is not None and source not in seen:
                seen.add(source)
                stack.append(source)
    return result


# %% a set of tensors kind="right"
def reached_leaves(output):
    if output.grad_fn is None:
        return [output] if output.requires_grad else []
    leaves, done, todo = set(), set(), [output.grad_fn]
    while todo:
        node = todo.pop()
        done.add(node)
        if hasattr(node, "variable"):
            leaves.add(node.variable)
        todo += [n for n, _ in node.next_functions if n is not None and n not in done]
    return list(leaves)


# %% leaf twice kind="wrong" zh="出现了两次" en="there twice"
def reached_leaves(output):
    if output.grad_fn is None:
        return [output] if output.requires_grad else []
    found, todo = [], [output.grad_fn]
    while todo:
        node = todo.pop()
        if node is None:
            continue
        if hasattr(node, "variable"):
            found.append(node.variable)
        todo += [n for n, _ in node.next_functions]
    return found


# %% in compares values kind="wrong" zh="`is`" en="`is`"
def reached_leaves(output):
    if output.grad_fn is None:
        return [output] if output.requires_grad else []
    found, seen, todo = [], set(), [output.grad_fn]
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable") and node.variable not in found:
            found.append(node.variable)
        todo += [n for n, _ in node.next_functions]
    return found


# %% goes backward kind="wrong" zh="不要调用 `backward()`" en="without calling `backward()`"
def reached_leaves(output):
    if output.requires_grad:
        output.sum().backward()
    import gc

    found = [t for t in gc.get_objects() if isinstance(t, torch.Tensor) and t.is_leaf and t.grad is not None]
    return found


# %% first step only kind="wrong" zh="少了 `w`" en="`w` is missing"
def reached_leaves(output):
    if output.grad_fn is None:
        return [output] if output.requires_grad else []
    return [n.variable for n, _ in output.grad_fn.next_functions if hasattr(n, "variable")]


# %% forgets that output may be a leaf kind="wrong" zh="自己就是叶子" en="itself a leaf"
def reached_leaves(output):
    found, seen, todo = [], set(), [output.grad_fn]
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            found.append(node.variable)
        todo += [n for n, _ in node.next_functions]
    return found


# %% copies kind="wrong" zh="拷贝" en="copies"
def reached_leaves(output):
    if output.grad_fn is None:
        return [output] if output.requires_grad else []
    found, seen, todo = [], set(), [output.grad_fn]
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            found.append(node.variable.detach())
        todo += [n for n, _ in node.next_functions]
    return found


# %% None not skipped kind="wrong" zh="None" en="None"
def reached_leaves(output):
    if output.grad_fn is None:
        return [output] if output.requires_grad else []
    found, seen, todo = [], set(), [output.grad_fn]
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            found.append(node.variable)
        todo += [n for n, _ in node.next_functions]
    return found


# %% any leaf without a gradient too kind="wrong" zh="返回空列表" en="return an empty list"
def reached_leaves(output):
    if output.grad_fn is None:
        return [output]
    found, seen, todo = [], set(), [output.grad_fn]
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            found.append(node.variable)
        todo += [n for n, _ in node.next_functions]
    return found


# %% first input only kind="wrong" zh="走到底" en="to its end"
def reached_leaves(output):
    if output.grad_fn is None:
        return [output] if output.requires_grad else []
    node = output.grad_fn
    while node is not None and not hasattr(node, "variable"):
        node = node.next_functions[0][0]
    return [node.variable] if node is not None else []


# %% pairs for nodes kind="wrong" zh="取出节点" en="take out the node"
def reached_leaves(output):
    todo, leaves = [output.grad_fn], []
    while todo:
        node = todo.pop()
        if hasattr(node, "variable"):
            leaves.append(node.variable)
        if node is not None:
            todo.extend(node.next_functions)
    return leaves


# %% nodes for leaves kind="wrong" zh="它的 `.variable`" en="its `.variable`"
def reached_leaves(output):
    todo, leaves = [output.grad_fn], []
    while todo:
        node = todo.pop()
        if hasattr(node, "variable"):
            leaves.append(node)
        elif node is not None:
            todo.extend(n for n, _ in node.next_functions)
    return leaves


# %% a leaf has no grad_fn kind="wrong" zh="`output.grad_fn` 可能是 `None`" en="`output.grad_fn` may be `None`"
def reached_leaves(output):
    todo, seen = [output.grad_fn], set()
    while todo:
        node = todo.pop()
        seen.add(node)
        todo.extend(n for n, _ in node.next_functions if n is not None and n not in seen)
    return [node.variable for node in seen if hasattr(node, "variable")]
