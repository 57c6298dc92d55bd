// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/commands/card_options.h"
#include "app/print.h"
#include "core/config/config_file.h"
#include "core/engine/forecast_now.h"
#include "core/support/atomic_file.h"
#include "core/support/output_place.h"
#include "core/values/forecast_json.h"

#include <memory>

namespace headroom::app {
namespace {

struct Arguments {
    ForecastArguments forecast;
    std::string write;
    bool overwrite = false;
};

void printFits(const std::vector<Fit>& fits, const Card& card) {
    print("{}\n", cardText(card));
    if (fits.empty())
        print("no useful configuration fits\n");
    for (const Fit& fit : fits) {
        print("\n{}\n", verdictText(fit.forecast, card));
        if (fit.changes.empty())
            print("  unchanged\n");
        else
            print("  an update takes {:.2f} times as long\n", fit.relativeStepTime);
        for (const Fit::Change& change : fit.changes)
            print("  {}: {} -> {}\n", change.key, change.before, change.after);
    }
}

void run(const Arguments& arguments, Context& context) {
    if (!arguments.write.empty())
        requireFree(arguments.write, arguments.overwrite);
    const ForecastRequest request = forecastRequest(arguments.forecast);
    const std::vector<Fit> fits = fitsNow(request);
    if (arguments.forecast.json)
        printJson(toJson(fits, request.card));
    else
        printFits(fits, request.card);
    if (fits.empty()) {
        context.exitCode = 1;
        return;
    }
    if (!arguments.write.empty())
        writeFileAtomically(arguments.write, dumpConfig(fits.front().config));
}

} // namespace

void addFitCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        program.add_subcommand("fit", "Find the smallest changes with which training fits a card");
    addForecastOptions(*command, arguments->forecast);
    command->add_option("--write", arguments->write, "Write the best configuration to this file");
    command->add_flag("--overwrite", arguments->overwrite, "Replace that file if it exists");
    command->footer("Exit code: 0 if a configuration fits, 1 if none does.");
    command->callback([arguments, &context] { run(*arguments, context); });
}

} // namespace headroom::app
