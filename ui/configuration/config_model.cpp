// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/config_model.h"

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/config/model_kind.h"
#include "core/config/option_table.h"
#include "core/interop/open_config.h"
#include "core/support/atomic_file.h"
#include "ui/configuration/option_text.h"
#include "ui/configuration/presets.h"

#include <QStringList>
#include <QUndoCommand>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace headroom::ui {
namespace {

const Option& batchOption() {
    static const Option& option = *findOption("training.batch_size");
    return option;
}

const Option& accumulationOption() {
    static const Option& option = *findOption("training.gradient_accumulation_steps");
    return option;
}

std::vector<int> divisors(int product, const Option& factor, const Option& cofactor) {
    std::vector<int> found;
    for (int d = 1; d <= std::min<int>(product, static_cast<int>(factor.max)); ++d)
        if (product % d == 0 && product / d <= static_cast<int>(cofactor.max))
            found.push_back(d);
    return found;
}

int nearest(const std::vector<int>& values, std::int64_t wanted) {
    return *std::min_element(values.begin(), values.end(), [wanted](int a, int b) {
        return std::llabs(a - wanted) < std::llabs(b - wanted);
    });
}

/// Sets an option; another kind of model resets the options that it lacks.
void assign(RunConfig& config, const Option& option, const OptionValue& value) {
    RunConfig changed = config;
    option.set(changed, value);
    if (changed.model.kind == config.model.kind)
        config = std::move(changed);
    else
        changeModelKind(config, changed.model.kind);
}

/// "Batch size: 8 → 2, Segment: 4 s → 2 s"
QString changesText(const RunConfig& before, const RunConfig& after) {
    constexpr int shown = 3;
    const std::vector<OptionDifference> all = differences(before, after);
    QStringList parts;
    for (const OptionDifference& one : all) {
        if (parts.size() == shown)
            break;
        parts << ConfigModel::tr("%1: %2 → %3")
                     .arg(optionTitle(*one.option), optionValueText(one.option->get(before)),
                          optionValueText(one.option->get(after)));
    }
    const int rest = static_cast<int>(all.size()) - static_cast<int>(parts.size());
    if (rest > 0)
        parts << ConfigModel::tr("%n more", nullptr, rest);
    return parts.join(QStringLiteral(", "));
}

} // namespace

/// Changes the state. Commands for the same option within one drag are merged.
class ConfigCommand : public QUndoCommand {
public:
    ConfigCommand(ConfigModel& model, const QString& text, std::string key, ConfigModel::State after)
        : model_(model), key_(std::move(key)), drag_(model.drag_), before_(model.state_),
          after_(std::move(after)) {
        showText(text);
    }

    void undo() override { apply(before_); }
    void redo() override { apply(after_); }
    int id() const override { return drag_ == 0 ? -1 : drag_; }
    bool mergeWith(const QUndoCommand* next) override {
        const auto& command = static_cast<const ConfigCommand&>(*next);
        if (command.key_ != key_)
            return false;
        after_ = command.after_;
        showText(command.actionText());
        setObsolete(after_.config == before_.config);
        return true;
    }

private:
    /// @param action for the menu; the undo list also shows the previous values
    void showText(const QString& action) {
        const QString changes = changesText(before_.config, after_.config);
        const QString step = !key_.empty()       ? changes
                             : changes.isEmpty() ? action
                                                 : ConfigModel::tr("%1 (%2)").arg(action, changes);
        setText(step + QLatin1Char('\n') + action);
    }

    /// A command that did not change the baseline must not restore an old one: a save may have set a new
    /// baseline since.
    void apply(ConfigModel::State state) {
        if (before_.hasBaselineOf(after_))
            state.copyBaselineFrom(model_.state_);
        model_.apply(state);
    }

    ConfigModel& model_;
    std::string key_;
    int drag_;
    ConfigModel::State before_;
    ConfigModel::State after_;
};

ConfigModel::ConfigModel(QObject* parent) : QObject(parent) {}

void ConfigModel::set(const Option& option, const OptionValue& value) {
    State after = state_;
    after.config = with(option, value);
    push(tr("%1: %2").arg(optionTitle(option), optionValueText(option.get(after.config))), option.key, after);
}

RunConfig ConfigModel::with(const Option& option, const OptionValue& value) const {
    RunConfig config = state_.config;
    if (const auto values = lockedValues(option); !values.empty()) {
        const int chosen = nearest(values, std::get<std::int64_t>(value));
        const Option& other = option.key == batchOption().key ? accumulationOption() : batchOption();
        other.set(config, static_cast<std::int64_t>(effectiveBatch() / chosen));
        option.set(config, static_cast<std::int64_t>(chosen));
    } else {
        assign(config, option, value);
    }
    return config;
}

void ConfigModel::reset(const Option& option) {
    State after = state_;
    // Locked options are reset together: the baseline's value alone may not divide the effective batch.
    if (!lockedValues(option).empty())
        for (const Option* locked : {&batchOption(), &accumulationOption()})
            locked->set(after.config, locked->get(state_.baseline));
    const OptionValue value = option.get(state_.baseline);
    assign(after.config, option, value);
    push(tr("%1: %2").arg(optionTitle(option), optionValueText(value)), option.key, after);
}

void ConfigModel::beginDrag() {
    drag_ = ++lastDrag_;
}

void ConfigModel::endDrag() {
    drag_ = 0;
}

void ConfigModel::replaceConfig(const RunConfig& config, const QString& text) {
    State after = state_;
    after.config = config;
    push(text, {}, after);
}

void ConfigModel::setBaseline(const QString& name, const QString& file, const RunConfig& config) {
    push(name, {}, {config, config, name, file});
}

void ConfigModel::usePreset(const Preset& preset) {
    RunConfig config = preset.config;
    config.data.root = state_.config.data.root;
    setBaseline(preset.title, preset.file, config);
}

void ConfigModel::restore(const QString& name, const QString& file, const RunConfig& baseline,
                          const RunConfig& config) {
    apply({config, baseline, name, file});
    history_.clear();
}

bool ConfigModel::isModified() const {
    RunConfig baseline = state_.baseline;
    baseline.data.root = state_.config.data.root;
    return !(baseline == state_.config);
}

bool ConfigModel::isChanged(const Option& option) const {
    return option.get(state_.config) != option.get(state_.baseline);
}

std::vector<OptionDifference> ConfigModel::changes() const {
    return differences(state_.baseline, state_.config);
}

int ConfigModel::effectiveBatch() const {
    return state_.config.training.batchSize * state_.config.training.gradientAccumulationSteps;
}

void ConfigModel::lockEffectiveBatch(bool lock) {
    if (lock == effectiveBatchLocked_)
        return;
    effectiveBatchLocked_ = lock;
    Q_EMIT effectiveBatchLockChanged(lock);
}

std::vector<int> ConfigModel::lockedValues(const Option& option) const {
    if (!effectiveBatchLocked_)
        return {};
    if (option.key == batchOption().key)
        return divisors(effectiveBatch(), option, accumulationOption());
    if (option.key == accumulationOption().key)
        return divisors(effectiveBatch(), option, batchOption());
    return {};
}

std::optional<Conversion> ConfigModel::load(const std::filesystem::path& path) {
    OpenedConfig opened = openConfig(path);
    setBaseline(QString::fromStdString(path.filename().string()), QString::fromStdString(path.string()),
                opened.config);
    return std::move(opened.conversion);
}

void ConfigModel::save(const std::filesystem::path& path) {
    checkConfig(state_.config);
    writeFileAtomically(path, dumpConfig(state_.config));
    apply({state_.config, state_.config, QString::fromStdString(path.filename().string()),
           QString::fromStdString(path.string())});
}

void ConfigModel::push(const QString& text, const std::string& key, State after) {
    if (!(after == state_))
        history_.push(new ConfigCommand(*this, text, key, std::move(after)));
}

void ConfigModel::apply(const State& state) {
    state_ = state;
    Q_EMIT changed();
}

} // namespace headroom::ui
