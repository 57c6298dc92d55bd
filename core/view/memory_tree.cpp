// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/memory_tree.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace headroom {
namespace {

/// A node whose children are found by name.
struct Branch {
    MemoryNode node;
    std::map<std::string, Branch> children;

    void add(const StepTensors::Life& life) {
        node.part = life.part;
        node.bytes += life.bytes;
        ++node.count;
    }
};

void sortBySize(std::vector<MemoryNode>& nodes) {
    std::ranges::stable_sort(nodes, std::ranges::greater(), &MemoryNode::bytes);
}

/// The tree below a branch.
MemoryNode finished(Branch& branch) {
    for (auto& [name, child] : branch.children) {
        child.node.name = name;
        branch.node.children.push_back(finished(child));
    }
    sortBySize(branch.node.children);
    return std::move(branch.node);
}

/// The name in a folded stack.
std::string stackName(const MemoryNode& node) {
    std::string name = node.name.empty() ? memoryPartName(node.part) : node.name;
    std::ranges::replace(name, ';', ',');
    std::ranges::replace(name, '\n', ' ');
    std::ranges::replace(name, '\r', ' ');
    return name;
}

void fold(const MemoryNode& node, const std::string& stack, std::string& lines) {
    std::int64_t own = node.bytes;
    for (const MemoryNode& child : node.children) {
        own -= child.bytes;
        fold(child, stack + ';' + stackName(child), lines);
    }
    if (own > 0)
        lines += stack + ' ' + std::to_string(own) + '\n';
}

} // namespace

MemoryNode memoryTree(const StepTensors& tensors, std::int64_t event) {
    std::array<std::optional<Branch>, memoryParts> parts;
    Branch root;
    for (const StepTensors::Life& life : tensors.lives) {
        if (!life.isLive(event))
            continue;
        root.add(life);
        Branch* branch = &root;
        if (tensors.hasParts) {
            auto& part = parts[static_cast<std::size_t>(life.part)];
            branch = part ? &*part : &part.emplace();
            branch->add(life);
        }
        for (const std::string& name : tensors.owners[static_cast<std::size_t>(life.owner)]) {
            branch = &branch->children[name];
            branch->add(life);
        }
    }
    root.node.part = MemoryPart::Temporaries;
    MemoryNode tree = finished(root);
    for (auto& part : parts) {
        if (part)
            tree.children.push_back(finished(*part));
    }
    sortBySize(tree.children);
    return tree;
}

std::string foldedStacks(const MemoryNode& root) {
    std::string lines;
    for (const MemoryNode& child : root.children)
        fold(child, stackName(child), lines);
    return lines;
}

} // namespace headroom
