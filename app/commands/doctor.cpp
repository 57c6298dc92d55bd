// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/display_text.h"
#include "app/print.h"
#include "core/setup/machine_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace headroom::app {
namespace {

void printFinding(const MachineFinding& finding) {
    constexpr int levelWidth = 7;
    constexpr int subjectWidth = 11;
    print("{:<{}}  {:<{}}  {}\n", levelName(finding.level), levelWidth, finding.subject, subjectWidth,
          printable(finding.text));
    if (!finding.remedy.empty())
        print("{:{}}{}\n", "", levelWidth + subjectWidth + 4, printable(finding.remedy));
}

void examine(bool json, Context& context) {
    const Machine machine = inspectMachine();
    const std::vector<MachineFinding> findings = machineFindings(machine);
    const bool lacks = std::ranges::any_of(findings, [](const MachineFinding& finding) {
        return finding.level == MachineFinding::Level::Problem;
    });
    context.exitCode = lacks ? 1 : 0;
    if (json)
        printJson(machineJson(machine));
    else
        std::ranges::for_each(findings, printFinding);
}

} // namespace

void addDoctorCommand(CLI::App& program, Context& context) {
    const auto json = std::make_shared<bool>(false);
    CLI::App* command = program.add_subcommand(
        "doctor", "Check LibTorch, driver, cards, CPU, disks and sound of this machine, and suggest fixes");
    command->add_flag("--json", *json,
                      "Print one line of JSON: ok, headroom, libtorch, driver, cards, allocator, cpu, "
                      "memory, disks, sound, "
                      "findings (level, subject, text, remedy)");
    command->footer("Exit code: 0 if Headroom can work, 1 if something that it needs is missing.");
    command->callback([json, &context] { examine(*json, context); });
}

} // namespace headroom::app
