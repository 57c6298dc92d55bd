// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/snapshot/snapshot_node.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace headroom {

/// The calls that allocate memory, as a memory snapshot names them. Each list of frames is read once, however
/// often the file names it.
class CallStacks {
public:
    using Names = std::vector<std::vector<std::string>>;

    /// The number of the stack of a block or of an entry of a trace; 0 if it was not recorded.
    std::int32_t of(const SnapshotNode& entry);

    /// By number: the calls, outermost first. Those of the interpreter and of PyTorch's dispatcher are left
    /// out, as pytorch.org/memory_viz does.
    Names names() const;

private:
    std::int32_t frame(const SnapshotNode& node);

    static constexpr std::int32_t leftOut = -1;

    std::vector<std::string> frames_;
    std::map<std::string, std::int32_t> frameNumbers_;
    std::unordered_map<const PickleValue*, std::int32_t> knownFrames_;
    std::vector<std::vector<std::int32_t>> stacks_ = {{}}; ///< by number: frames, outermost first
    std::map<std::vector<std::int32_t>, std::int32_t> stackNumbers_ = {{{}, 0}};
    std::unordered_map<const PickleValue*, std::int32_t> knownStacks_;
};

} // namespace headroom
