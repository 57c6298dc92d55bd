// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/config_option.h"
#include "app/display_text.h"
#include "app/print.h"
#include "core/engine/import_weights.h"
#include "core/support/output_place.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom::app {
namespace {

struct Arguments {
    std::string input;
    std::string output;
    std::string config;
    ImportOptions options;
    bool overwrite = false;
    bool json = false;
};

void list(const char* title, const std::vector<std::string>& names) {
    if (names.empty())
        return;
    print("{} ({}):\n", title, names.size());
    for (const std::string& name : names)
        print("  {}\n", printable(name));
}

void importFile(const Arguments& arguments) {
    requireFree(arguments.output, arguments.overwrite);
    requireOtherFile(arguments.output, arguments.input);
    std::optional<RunConfig> config;
    if (!arguments.config.empty())
        config = readConfigOption(arguments.config);
    const ImportReport report = importWeights(arguments.input, arguments.output, config, arguments.options);
    if (arguments.json) {
        const nlohmann::ordered_json summary = {
            {"output", arguments.output},       {"tensors", report.tensors},
            {"parameters", report.parameters},  {"missing", report.missing},
            {"wrong_shape", report.wrongShape}, {"left_out", report.leftOut},
            {"notices", report.notices}};
        printJson(summary.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return;
    }
    for (const std::string& notice : report.notices)
        print("{}\n", printable(notice));
    list("Missing parameters (training can start from these weights, separation cannot use them)",
         report.missing);
    list("Tensors of another shape", report.wrongShape);
    list("Left out, not parameters of the model", report.leftOut);
    print("{} tensors with {} parameters: {}\n", report.tensors, report.parameters, arguments.output);
}

} // namespace

void addImportCommand(CLI::App& program, Context&) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        program.add_subcommand("import", "Convert published weights to a Headroom weights file");
    command
        ->add_option("file", arguments->input,
                     "Checkpoint: .ckpt, .pt, .pth, .th or .safetensors; code in it is never executed")
        ->required();
    command->add_option("-o,--output", arguments->output, "Weights file to write, .safetensors")->required();
    command->add_option(
        "--config", arguments->config,
        "Configuration of the model; default: the one in the file, or else inferred from its tensors");
    command->add_flag("--partial", arguments->options.partial,
                      "Import only the parameters that match, as a starting point for training");
    command->add_flag("--ema", arguments->options.average,
                      "Import the moving average (EMA) of the weights that the file keeps beside them");
    command->add_option(
        "--license", arguments->options.license,
        "License of the weights, for the metadata; default: that in the file, or 'not stated'");
    command->add_flag("--overwrite", arguments->overwrite, "Replace the output if it exists");
    command->add_flag("--json", arguments->json, "Print one JSON object");
    command->callback([arguments] { importFile(*arguments); });
}

} // namespace headroom::app
