// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/read_shelf.h"

#include "core/engine/engine_error.h"
#include "core/model/model_outline.h"
#include "core/model/model_shape.h"
#include "core/model/weights_fit.h"
#include "core/separate/weights_config.h"
#include "core/support/system_error.h"
#include "core/support/xdg_folder.h"
#include "core/values/weights_suffixes.h"
#include "core/weights/published_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr int deepest = 4;
constexpr std::size_t mostFiles = 1000;

bool isWeightsFile(const fs::directory_entry& entry) {
    std::error_code error;
    return hasWeightsSuffix(entry.path()) && entry.is_regular_file(error);
}

/// The weights files in a folder, sorted.
std::vector<fs::path> weightsFiles(const fs::path& folder, ModelShelf& shelf) {
    std::vector<fs::path> files;
    std::error_code error;
    if (!fs::exists(folder, error))
        return files;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
    for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
        if (entry.depth() + 1 >= deepest)
            entry.disable_recursion_pending();
        if (!isWeightsFile(*entry))
            continue;
        if (files.size() == mostFiles) {
            shelf.notices.push_back(fmt::format("Only the first {} weights files are listed.", mostFiles));
            break;
        }
        files.push_back(entry->path());
    }
    if (error)
        throw systemError("cannot read the folder", folder, error.value());
    std::ranges::sort(files);
    return files;
}

/// Fills in the fields that come from the file. Throws if it cannot be opened.
void describe(ShelfModel& model) {
    const PublishedWeights outline = readWeightsOutline(model.file);
    if (const auto license = outline.metadata.find("license"); license != outline.metadata.end())
        model.license = license->second;
    const WeightsConfig used = configOfWeights(model.file, outline, std::nullopt);
    const RunConfig& config = used.config;
    model.config = used.beside.string();
    requireFit(outline.tensors, modelShape(config), model.file,
               "Correct the configuration beside it, or remove it.");
    model.kind = modelTitle(config.model.kind);
    model.stems = config.data.targets;
}

ShelfModel modelOf(const fs::path& file, const std::string& name) {
    ShelfModel model;
    model.name = name;
    model.file = file.string();
    model.license = "not stated";
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(file, error);
    model.bytes = error ? 0 : bytes;
    try {
        describe(model);
    } catch (const std::exception&) {
        model.problem = engineError(std::current_exception()).message();
    }
    return model;
}

} // namespace

std::string shelfFolder() {
    const fs::path folder = xdgFolder("XDG_DATA_HOME", ".local/share");
    return folder.empty() ? std::string() : (folder / "models").string();
}

ModelShelf readShelf(const std::string& folder, const std::stop_token& stop) {
    ModelShelf shelf;
    shelf.folder = folder;
    const std::vector<fs::path> files = weightsFiles(folder, shelf);
    std::map<fs::path, int> uses; // of a name without its extension
    const auto bareName = [&](const fs::path& file) {
        return file.lexically_relative(folder).replace_extension();
    };
    for (const fs::path& file : files)
        ++uses[bareName(file)];
    for (const fs::path& file : files) {
        if (stop.stop_requested())
            break;
        const fs::path name = bareName(file);
        shelf.models.push_back(
            modelOf(file, (uses[name] == 1 ? name : file.lexically_relative(folder)).string()));
    }
    return shelf;
}

} // namespace headroom
