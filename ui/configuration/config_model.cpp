#include "ui/configuration/config_model.h"

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/support/atomic_file.h"
#include "ui/configuration/option_text.h"

#include <QUndoCommand>

#include <algorithm>
#include <cstdlib>

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

} // namespace

/// From one state to another; steps of one knob within one drag become one.
class ConfigStep : public QUndoCommand {
public:
    ConfigStep(ConfigModel& model, const QString& what, std::string key, ConfigModel::State after)
        : QUndoCommand(what), model_(model), key_(std::move(key)), drag_(model.drag_), before_(model.state_),
          after_(std::move(after)) {}

    void undo() override { take(before_); }
    void redo() override { take(after_); }
    int id() const override { return drag_ == 0 ? -1 : drag_; }
    bool mergeWith(const QUndoCommand* next) override {
        const auto& step = static_cast<const ConfigStep&>(*next);
        if (step.key_ != key_)
            return false;
        after_ = step.after_;
        setText(step.text());
        setObsolete(after_.config == before_.config);
        return true;
    }

private:
    /// A step that left the baseline alone leaves it alone both ways: the setting may have been saved since.
    void take(ConfigModel::State state) {
        if (before_.hasBaselineOf(after_))
            state.takeBaselineOf(model_.state_);
        model_.take(state);
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
    if (const auto values = heldValues(option); !values.empty()) {
        const int chosen = nearest(values, std::get<std::int64_t>(value));
        const Option& other = option.key == batchOption().key ? accumulationOption() : batchOption();
        other.set(config, static_cast<std::int64_t>(effectiveBatch() / chosen));
        option.set(config, static_cast<std::int64_t>(chosen));
    } else {
        option.set(config, value);
    }
    return config;
}

void ConfigModel::reset(const Option& option) {
    State after = state_;
    // What holds each other goes back together, or the baseline's value might be no divisor.
    if (!heldValues(option).empty())
        for (const Option* held : {&batchOption(), &accumulationOption()})
            held->set(after.config, held->get(state_.baseline));
    const OptionValue value = option.get(state_.baseline);
    option.set(after.config, value);
    push(tr("%1: %2").arg(optionTitle(option), optionValueText(value)), option.key, after);
}

void ConfigModel::beginDrag() {
    drag_ = ++drags_;
}

void ConfigModel::endDrag() {
    drag_ = 0;
}

void ConfigModel::adopt(const RunConfig& config, const QString& what) {
    State after = state_;
    after.config = config;
    push(what, {}, after);
}

void ConfigModel::setBaseline(const QString& name, const QString& file, const RunConfig& config) {
    push(name, {}, {config, config, name, file});
}

void ConfigModel::restore(const QString& name, const QString& file, const RunConfig& baseline,
                          const RunConfig& config) {
    take({config, baseline, name, file});
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

void ConfigModel::holdEffectiveBatch(bool hold) {
    if (hold == holds_)
        return;
    holds_ = hold;
    Q_EMIT effectiveBatchHeldChanged(hold);
}

std::vector<int> ConfigModel::heldValues(const Option& option) const {
    if (!holds_)
        return {};
    if (option.key == batchOption().key)
        return divisors(effectiveBatch(), option, accumulationOption());
    if (option.key == accumulationOption().key)
        return divisors(effectiveBatch(), option, batchOption());
    return {};
}

void ConfigModel::load(const std::filesystem::path& path) {
    const RunConfig config = loadConfig(path);
    setBaseline(QString::fromStdString(path.filename().string()), QString::fromStdString(path.string()),
                config);
}

void ConfigModel::save(const std::filesystem::path& path) {
    checkConfig(state_.config);
    writeFileAtomically(path, dumpConfig(state_.config));
    take({state_.config, state_.config, QString::fromStdString(path.filename().string()),
          QString::fromStdString(path.string())});
}

void ConfigModel::push(const QString& what, const std::string& key, State after) {
    if (!(after == state_))
        history_.push(new ConfigStep(*this, what, key, std::move(after)));
}

void ConfigModel::take(const State& state) {
    state_ = state;
    Q_EMIT changed();
}

} // namespace headroom::ui
