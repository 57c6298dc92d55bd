// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace YAML {
class Node;
}

namespace headroom {

/// Replaces the merge keys of YAML 1.1 in all maps of a document, "<<: *defaults", by the keys that they
/// stand for. As in Python, a map's own keys take precedence, then those of earlier maps in a list.
/// @param name name of the source in messages
/// @throws Error (Input) if there are too many maps, which aliases can create in a short text
void resolveMergeKeys(YAML::Node root, const std::string& name);

} // namespace headroom
