// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/display_text.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "core/setup/install_libtorch.h"
#include "core/setup/libtorch_folder.h"
#include "core/setup/machine.h"
#include "core/setup/package_index.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace headroom::app {
namespace {

struct Arguments {
    bool cpu = false;
    bool cuda = false;
    std::string index = usualPackageIndex();
    bool json = false;
};

/// "downloading LibTorch: 120 of 544 MB, 35 s left".
class InstallationPace {
public:
    std::string describe(const LibTorchProgress& progress) {
        constexpr std::int64_t megabyte = 1'000'000;
        const auto now = std::chrono::steady_clock::now();
        if (progress.phase != phase_ || first_ < 0) {
            phase_ = progress.phase;
            begin_ = now;
            first_ = progress.done; // what an earlier call downloaded took no time
        }
        std::string text =
            fmt::format("{} LibTorch: {} of {} MB",
                        phase_ == LibTorchProgress::Phase::Download ? "downloading" : "unpacking",
                        progress.done / megabyte, progress.total / megabyte);
        const std::chrono::duration<double> elapsed = now - begin_;
        const auto done = static_cast<double>(progress.done - first_);
        if (constexpr double known = 3; elapsed.count() > known && done > 0)
            text +=
                ", " +
                formatDuration(elapsed.count() * static_cast<double>(progress.total - progress.done) / done) +
                " left";
        return text;
    }

private:
    LibTorchProgress::Phase phase_ = LibTorchProgress::Phase::Download;
    std::chrono::steady_clock::time_point begin_;
    std::int64_t first_ = -1;
};

void printInstalled(const LibTorchFolder& folder, bool installed, const Arguments& arguments) {
    if (arguments.json) {
        const nlohmann::ordered_json json = {{"folder", folder.path.string()},
                                             {"version", folder.version},
                                             {"cuda", folder.hasCuda},
                                             {"installed", installed}};
        printJson(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return;
    }
    print("LibTorch {} for {} is {}in {}\n", folder.version, folder.hasCuda ? "CPU and cards" : "the CPU",
          installed ? "now " : "", printable(folder.path.string()));
}

void setUp(const Arguments& arguments, Context& context) {
    const bool cuda = arguments.cuda || (!arguments.cpu && hasSupportedCard());
    if (const auto found = findLibTorch(); found && (found->hasCuda || !cuda)) {
        printInstalled(*found, false, arguments);
        return;
    }
    if (isLibTorchNamed())
        throw Error(
            ErrorKind::Input,
            "HEADROOM_LIBTORCH names a LibTorch that lacks what is asked for, and no other would be used", {},
            "Unset it.");
    const LibTorchRequest request{
        .wheels = libTorchWheels(cuda), .cuda = cuda, .index = arguments.index, .folder = setupFolder()};
    ProgressLine line(arguments.json);
    InstallationPace pace;
    const auto show = [&](const LibTorchProgress& progress) { line.show(pace.describe(progress)); };
    const bool completed = installLibTorch(request, show, context.interrupt.token("tidying up"));
    line.finish();
    if (!completed) {
        context.exitCode = stoppedExitCode;
        return;
    }
    printInstalled(inspectLibTorch(request.folder / "torch"), true, arguments);
}

} // namespace

void addSetupCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "setup", "Download LibTorch, which Headroom computes with, unless it is there already");
    CLI::Option* cpu = command->add_flag("--cpu", arguments->cpu,
                                         "Only what the CPU needs: a download of 0.5 GB, 0.5 GB on disk");
    command
        ->add_flag("--cuda", arguments->cuda,
                   "Also what NVIDIA cards need: 2.5 GB, 3.8 GB on disk; default: if this machine has a card")
        ->excludes(cpu);
    command
        ->add_option("--index", arguments->index,
                     "Package index to download from, PyPI or a mirror; default: PIP_INDEX_URL, or PyPI")
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "Print one line of JSON: folder, version, cuda, installed");
    command->footer(
        "LibTorch is kept in the folder libtorch-2.11.0 in ~/.cache/headroom. An interrupted download is "
        "continued "
        "by the next call. Cards need compute capability 7.5 or higher (GTX 16, RTX 20 and newer) and the "
        "NVIDIA driver 580 or newer.");
    command->callback([arguments, &context] { setUp(*arguments, context); });
}

} // namespace headroom::app
