// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/config_beside.h"

#include "core/values/weights_suffixes.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

bool isFile(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error);
}

/// Whether the name of the folder's configuration can only mean these weights.
bool isAlone(const fs::path& weights) {
    std::error_code error;
    fs::directory_iterator entry(weights.parent_path(), error);
    for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
        if (entry->path().filename() != weights.filename() && hasWeightsSuffix(entry->path()))
            return false;
    }
    return !error;
}

} // namespace

fs::path configBeside(const fs::path& weights) {
    const fs::path file = fs::absolute(weights);
    for (const char* extension : {".yaml", ".yml"}) {
        for (fs::path same : {fs::path(file).replace_extension(extension), fs::path(file) += extension}) {
            if (isFile(same))
                return same;
        }
    }
    constexpr std::array names = {"config.yaml", "hparams.yaml"};
    const auto found =
        std::ranges::find_if(names, [&](const char* name) { return isFile(file.parent_path() / name); });
    return found != names.end() && isAlone(file) ? file.parent_path() / *found : fs::path();
}

} // namespace headroom
