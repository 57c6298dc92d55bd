// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/console_table.h"
#include "app/display_text.h"
#include "app/print.h"
#include "core/engine/read_shelf.h"
#include "core/support/bytes.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

namespace headroom::app {
namespace {

struct Arguments {
    std::string folder;
    bool json = false;
};

void printAsJson(const ModelShelf& shelf) {
    nlohmann::ordered_json models = nlohmann::ordered_json::array();
    for (const ShelfModel& model : shelf.models) {
        nlohmann::ordered_json json = {{"name", model.name},       {"file", model.file},
                                       {"config", model.config},   {"bytes", model.bytes},
                                       {"license", model.license}, {"kind", model.kind},
                                       {"stems", model.stems}};
        if (!model.problem.empty())
            json["problem"] = model.problem;
        models.push_back(std::move(json));
    }
    const nlohmann::ordered_json all = {
        {"folder", shelf.folder}, {"models", models}, {"notices", shelf.notices}};
    printJson(all.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void printAsText(const ModelShelf& shelf) {
    ConsoleTable table({{"name"}, {"model"}, {"stems"}, {"size", ConsoleTable::Align::Right}, {"license"}});
    bool any = false;
    for (const ShelfModel& model : shelf.models) {
        any = any || model.problem.empty();
        if (model.problem.empty())
            table.addRow({model.name, model.kind, fmt::format("{}", fmt::join(model.stems, ", ")),
                          formatBytes(model.bytes), model.license});
    }
    if (any)
        print("{}", table.text());
    for (const ShelfModel& model : shelf.models)
        if (!model.problem.empty())
            print("cannot be opened: {}\n", printable(model.problem));
    for (const std::string& notice : shelf.notices)
        print("{}\n", printable(notice));
    if (shelf.models.empty())
        print("There are no weights in {}. Copy some there, each with its configuration if it has one.\n",
              printable(shelf.folder));
}

void listModels(const Arguments& arguments) {
    const std::string folder = arguments.folder.empty() ? shelfFolder() : arguments.folder;
    std::error_code error;
    if (folder.empty())
        throw Error(ErrorKind::Input, "there is no home folder for the model shelf", {},
                    "Name a folder with --folder.");
    if (!arguments.folder.empty() && !std::filesystem::is_directory(folder, error))
        throw Error(ErrorKind::Input, "there is no such folder", folder);
    const ModelShelf shelf = readShelf(folder);
    arguments.json ? printAsJson(shelf) : printAsText(shelf);
}

} // namespace

void addModelsCommand(CLI::App& program, Context&) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("models", "List the weights on your model shelf");
    command->add_option("--folder", arguments->folder, "Folder with weights, also in subfolders")
        ->default_str("~/.local/share/headroom/models");
    command->add_flag("--json", arguments->json, "Print one JSON object");
    command->callback([arguments] { listModels(*arguments); });
}

} // namespace headroom::app
