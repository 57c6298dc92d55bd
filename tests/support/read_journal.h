// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/event_json.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace headroom::test {

/// All events of a journal, and a note for each line that cannot be parsed.
inline EventLines readJournal(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return fromJsonLines(std::string(std::istreambuf_iterator<char>(stream), {}));
}

} // namespace headroom::test
