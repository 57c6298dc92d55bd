// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/option_groups.h"

#include "core/config/option_table.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace headroom::ui {
namespace {

enum Group { Data, Model, Step, Memory, Run, Separation, groupCount };

struct Place {
    Group group;
    const char* key;
};

constexpr Place mainOptions[] = {
    {Data, "data.root"},
    {Data, "audio.segment_length"},
    {Data, "training.num_workers"},
    {Model, "model.kind"},
    {Model, "model.hidden_dim"},
    {Model, "model.num_layers"},
    {Model, "model.num_subbands"},
    {Model, "model.num_bands"},
    {Step, "training.batch_size"},
    {Step, "training.gradient_accumulation_steps"},
    {Step, "training.learning_rate"},
    {Memory, "training.precision"},
    {Memory, "model.use_gradient_checkpointing"},
    {Memory, "model.recompute_layers"},
    {Memory, "model.recompute_slices"},
    {Memory, "model.offload"},
    {Memory, "model.kept_activations"},
    {Memory, "model.kept_layers"},
    {Memory, "training.optimizer"},
    {Run, "training.num_epochs"},
    {Run, "training.steps_per_epoch"},
    {Separation, "separation.chunk_seconds"},
    {Separation, "separation.overlap"},
};

constexpr const char* dataOptions[] = {"training.prefetch_factor"};

constexpr const char* runOptions[] = {
    "training.seed",
    "training.output_dir",
    "training.init_from",
    "training.lora_rank",
    "training.freeze",
    "training.save_every_n_epochs",
    "training.save_every_n_minutes",
    "training.keep_last_n_checkpoints",
    "training.validate_every_n_epochs",
    "training.best_metric",
    "training.metrics",
    "training.audition_seconds",
    "training.audition_song",
    "training.non_finite_limit",
};

std::optional<std::size_t> mainPlace(const Option& option) {
    const auto place = std::find_if(std::begin(mainOptions), std::end(mainOptions),
                                    [&option](const Place& each) { return option.key == each.key; });
    if (place == std::end(mainOptions))
        return std::nullopt;
    return static_cast<std::size_t>(place - std::begin(mainOptions));
}

Group groupOf(const Option& option) {
    if (const auto place = mainPlace(option))
        return mainOptions[*place].group;
    const auto isOneOf = [&option](const auto& keys) {
        return std::find(std::begin(keys), std::end(keys), option.key) != std::end(keys);
    };
    if (isOneOf(runOptions))
        return Run;
    if (isOneOf(dataOptions))
        return Data;
    const std::string section = option.section();
    if (section == "data" || section == "audio")
        return Data;
    if (section == "separation")
        return Separation;
    if (option.affects.memory && !option.affects.quality)
        return Memory;
    return section == "model" ? Model : Step;
}

std::array<QString, groupCount> groupTitles() {
    const auto text = [](const char* title) { return QCoreApplication::translate("OptionGroup", title); };
    return {
        text(QT_TRANSLATE_NOOP("OptionGroup", "Data")), text(QT_TRANSLATE_NOOP("OptionGroup", "Model")),
        text(QT_TRANSLATE_NOOP("OptionGroup", "Step")), text(QT_TRANSLATE_NOOP("OptionGroup", "Memory")),
        text(QT_TRANSLATE_NOOP("OptionGroup", "Run")),  text(QT_TRANSLATE_NOOP("OptionGroup", "Separation"))};
}

} // namespace

std::vector<OptionGroup> optionGroups() {
    std::vector<OptionGroup> groups;
    for (const QString& title : groupTitles())
        groups.push_back({title, {}, {}});
    for (const Option& option : optionTable()) {
        const Group group = groupOf(option);
        const bool isMain = mainPlace(option).has_value() || group == Memory;
        (isMain ? groups[group].main : groups[group].more).push_back(&option);
    }
    for (OptionGroup& group : groups)
        std::stable_sort(group.main.begin(), group.main.end(), [](const Option* a, const Option* b) {
            return mainPlace(*a).value_or(std::size(mainOptions)) <
                   mainPlace(*b).value_or(std::size(mainOptions));
        });
    return groups;
}

} // namespace headroom::ui
