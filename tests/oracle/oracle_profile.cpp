// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Profiles a training step on CUDA with the service that the window uses. Prints a line per point: "event
/// allocated reserved".
#include "core/config/config_file.h"
#include "core/engine/services.h"

#include <fmt/format.h>

#include <cstdlib>
#include <future>

using namespace headroom;

int main(int, char** argv) {
    std::promise<ProfileAnswer> end;
    const auto service = makeProfileService();
    service->measure(1, loadConfig(argv[1]), "cuda",
                     [&end](const ProfileAnswer& answer) { end.set_value(answer); });
    const ProfileAnswer answer = end.get_future().get();
    if (const auto* failed = std::get_if<StepNotProfiled>(&answer))
        fmt::print(stderr, "{}\n", failed->error.message());
    else
        for (const ProfilePoint& point : std::get<StepProfiled>(answer).step.points)
            fmt::print("{} {} {}\n", point.event, point.allocated, point.reserved);
    std::fflush(stdout);
    std::_Exit(0); // CUDA's exit handlers need a device
}
