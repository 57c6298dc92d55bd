// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/model_shelf.h"

#include <stop_token>
#include <string>

namespace headroom {

/// The folder of the shelf: $XDG_DATA_HOME/headroom/models or ~/.local/share/headroom/models. Empty if
/// neither variable holds an absolute path. The folder may not exist.
std::string shelfFolder();

/// Lists the weights in a folder and its subfolders, at most four levels deep; links to folders are not
/// followed. Reads names and shapes of tensors, but no data. A file that cannot be opened is listed with the
/// reason. Empty for a folder that does not exist. Throws Error (Failure) if the folder cannot be read.
/// @param stop a stop request ends the listing early; returns what was listed so far
ModelShelf readShelf(const std::string& folder, const std::stop_token& stop = {});

} // namespace headroom
