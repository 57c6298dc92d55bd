#include "app/command.h"
#include "app/display_text.h"
#include "app/print.h"
#include "core/config/config_check.h"
#include "core/engine/import_weights.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace headroom::app {
namespace {

struct Arguments {
    std::string input;
    std::string output;
    std::string config;
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
    const RunConfig config = arguments.config.empty() ? RunConfig{} : loadCheckedConfig(arguments.config);
    const ImportReport report = importWeights(arguments.input, arguments.output, config);
    if (arguments.json) {
        const nlohmann::ordered_json summary = {{"output", arguments.output},
                                                {"tensors", report.tensors},
                                                {"parameters", report.parameters},
                                                {"missing", report.missing},
                                                {"left_out", report.leftOut}};
        printJson(summary.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return;
    }
    list("Missing, so the model would keep its initial values there", report.missing);
    list("Left out, as the model has no such parameters", report.leftOut);
    print("{} tensors with {} parameters: {}\n", report.tensors, report.parameters, arguments.output);
}

} // namespace

void addImportCommand(CLI::App& program, Context&) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("import", "Take over published weights of the official model");
    command
        ->add_option("file", arguments->input,
                     "Checkpoint: .ckpt, .pt, .pth or .safetensors; nothing in it is run")
        ->required();
    command->add_option("-o,--output", arguments->output, "Weights file to write, .safetensors")->required();
    command->add_option("--config", arguments->config, "Configuration of its model; without it, the paper's");
    command->add_flag("--json", arguments->json, "Print one JSON object");
    command->callback([arguments] { importFile(*arguments); });
}

} // namespace headroom::app
