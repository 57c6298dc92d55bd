// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/model_shelf.h"

#include "core/engine/engine_error.h"
#include "core/interop/open_config.h"
#include "core/model/model_outline.h"
#include "core/model/model_shape.h"
#include "core/model/weights_fit.h"
#include "core/separate/weights_config.h"
#include "core/support/lower_case.h"
#include "core/support/system_error.h"
#include "core/support/xdg_folder.h"
#include "core/values/weights_suffixes.h"
#include "core/weights/published_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <optional>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr int deepest = 4;
constexpr std::size_t mostFiles = 1000;

bool isWeightsFile(const fs::directory_entry& entry) {
    const std::string extension = entry.path().extension().string();
    std::error_code error;
    return !extension.empty() && isWeightsSuffix(lowerCase(extension.substr(1))) &&
           entry.is_regular_file(error);
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

/// The configuration beside a weights file; empty if there is none.
fs::path configBeside(const fs::path& weights, const fs::path& folder) {
    std::vector<fs::path> candidates;
    for (const char* extension : {".yaml", ".yml"})
        candidates.push_back(fs::path(weights).replace_extension(extension));
    // In the folder itself, the name would not tell which of its files is meant.
    if (weights.parent_path() != folder)
        for (const char* name : {"config.yaml", "hparams.yaml"})
            candidates.push_back(weights.parent_path() / name);
    const auto found = std::ranges::find_if(candidates, [](const fs::path& path) {
        std::error_code error;
        return fs::is_regular_file(path, error);
    });
    return found == candidates.end() ? fs::path() : *found;
}

/// Fills in what the file tells. Throws if it cannot be opened.
void describe(ShelfModel& model) {
    const PublishedWeights outline = readWeightsOutline(model.file);
    if (const auto license = outline.metadata.find("license"); license != outline.metadata.end())
        model.license = license->second;
    std::optional<RunConfig> given;
    if (!model.config.empty())
        given = openConfig(model.config).config;
    const RunConfig config = configOfWeights(model.file, outline, given).config;
    requireFit(outline.tensors, modelShape(config), model.file,
               "Correct the configuration beside it, or remove it.");
    model.kind = modelTitle(config.model.kind);
    model.stems = config.data.targets;
}

ShelfModel modelOf(const fs::path& file, const fs::path& folder) {
    ShelfModel model;
    model.name = file.lexically_relative(folder).replace_extension().string();
    model.file = file.string();
    model.config = configBeside(file, folder).string();
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
    for (const fs::path& file : weightsFiles(folder, shelf)) {
        if (stop.stop_requested())
            break;
        shelf.models.push_back(modelOf(file, folder));
    }
    return shelf;
}

} // namespace headroom
