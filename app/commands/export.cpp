// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/display_text.h"
#include "app/print.h"
#include "core/engine/export_weights.h"

#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <string>

namespace headroom::app {
namespace {

struct Arguments {
    ExportRequest request;
    std::string format;
    bool json = false;
};

const std::map<std::string, ExportFormat>& formats() {
    static const std::map<std::string, ExportFormat> table = {{"safetensors", ExportFormat::Safetensors},
                                                              {"pt", ExportFormat::Pt},
                                                              {"lightning", ExportFormat::Lightning},
                                                              {"msst", ExportFormat::Msst}};
    return table;
}

void run(Arguments& arguments) {
    arguments.request.format = formats().at(arguments.format);
    const ExportReport report = exportWeights(arguments.request);
    if (arguments.json) {
        const nlohmann::ordered_json summary = {
            {"weights", report.weights}, {"files", report.files},
            {"tensors", report.tensors}, {"parameters", report.parameters},
            {"notices", report.notices}, {"unsupported", report.unsupported}};
        printJson(summary.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return;
    }
    for (const std::string& notice : report.notices)
        print("{}\n", printable(notice));
    if (!report.unsupported.empty())
        print("Options that MSST's configuration cannot express, and the values that it has instead ({}):\n",
              report.unsupported.size());
    for (const std::string& option : report.unsupported)
        print("  {}\n", printable(option));
    print("{} tensors with {} numbers, from {}:\n", report.tensors, report.parameters,
          printable(report.weights));
    for (const std::string& file : report.files)
        print("  {}\n", printable(file));
}

} // namespace

void addExportCommand(CLI::App& program, Context&) {
    const auto arguments = std::make_shared<Arguments>();
    ExportRequest& request = arguments->request;
    CLI::App* command = program.add_subcommand("export", "Write weights for other programs");
    auto* weights = command->add_option("--weights", request.weights, "Weights file");
    auto* runFolder = command->add_option("--run", request.run, "Run folder, whose best weights are used");
    weights->excludes(runFolder);
    command
        ->add_option(
            "--config", request.config,
            "Configuration file (YAML); default: the one in the weights, or else inferred from their tensors")
        ->excludes(runFolder);
    command
        ->add_option(
            "--format", arguments->format,
            "safetensors, pt (state dict of PyTorch), lightning (for the published code of BSMamba2), "
            "or msst (a folder with weights and configuration)")
        ->required()
        ->check(CLI::IsMember({"safetensors", "pt", "lightning", "msst"}));
    command->add_option("-o,--output", request.output, "File to write; with msst a folder")->required();
    command->add_flag("--overwrite", request.overwrite, "Replace existing files");
    command->add_flag("--json", arguments->json,
                      "Print one line of JSON: weights, files, tensors, parameters, notices, unsupported");
    command->callback([arguments] { run(*arguments); });
}

} // namespace headroom::app
