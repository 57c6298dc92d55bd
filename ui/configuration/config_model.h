#pragma once

#include "core/config/config_difference.h"
#include "core/config/option.h"
#include "core/config/run_config.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <filesystem>
#include <vector>

namespace headroom::ui {

/// The setting that the window is about: every change is one step that can be undone. GUI thread.
class ConfigModel : public QObject {
    Q_OBJECT

public:
    explicit ConfigModel(QObject* parent = nullptr);

    const RunConfig& config() const { return state_.config; }
    QUndoStack& history() { return history_; }

    /// Sets one knob, which is in the knob table. While the effective batch is held, batch size and
    /// accumulation stop at its divisors and each moves the other.
    void set(const Option& option, const OptionValue& value);
    /// What the setting would be after that.
    RunConfig with(const Option& option, const OptionValue& value) const;
    /// Sets a knob back to what the baseline says.
    void reset(const Option& option);
    /// From here to endDrag() the values of one knob are one step together.
    void beginDrag();
    void endDrag();
    /// Takes a whole setting as one step. @param what names the step: "Set slices to 32"
    void adopt(const RunConfig& config, const QString& what);

    /// What changes are counted against: a preset or a file.
    const RunConfig& baseline() const { return state_.baseline; }
    const QString& baselineName() const { return state_.baselineName; }
    /// The file of the baseline, as the command line would name it.
    const QString& baselineFile() const { return state_.baselineFile; }
    /// Takes a setting, and counts changes against it from now on: one step.
    void setBaseline(const QString& name, const QString& file, const RunConfig& config);
    /// Takes a setting with its changes, as when the window was last closed; there is nothing to undo then.
    void restore(const QString& name, const QString& file, const RunConfig& baseline,
                 const RunConfig& config);
    bool isChanged(const Option& option) const;
    /// Whether there is something to save: changes other than of the folder of songs, which is kept apart.
    bool isModified() const;
    std::vector<OptionDifference> changes() const;

    /// Chunks in one update: batch size times accumulation.
    int effectiveBatch() const;
    bool holdsEffectiveBatch() const { return holds_; }
    void holdEffectiveBatch(bool hold);
    /// The values that a knob may take while the effective batch is held, rising; empty where it is free.
    std::vector<int> heldValues(const Option& option) const;

    /// Reads a file and makes it the baseline; nothing changes where that fails. @throws Error
    void load(const std::filesystem::path& path);
    /// Writes the setting, whole or not at all, and makes the file the baseline. That is no step to undo.
    /// @throws Error
    void save(const std::filesystem::path& path);

Q_SIGNALS:
    void changed();
    void effectiveBatchHeldChanged(bool held);

private:
    friend class ConfigStep;
    struct State {
        RunConfig config;
        RunConfig baseline;
        QString baselineName;
        QString baselineFile;

        bool hasBaselineOf(const State& other) const {
            return baseline == other.baseline && baselineName == other.baselineName &&
                   baselineFile == other.baselineFile;
        }
        void takeBaselineOf(const State& other) {
            baseline = other.baseline;
            baselineName = other.baselineName;
            baselineFile = other.baselineFile;
        }
        bool operator==(const State&) const = default;
    };

    void push(const QString& what, const std::string& key, State after);
    void take(const State& state);

    State state_;
    QUndoStack history_;
    bool holds_ = true;
    int drag_ = 0; ///< number of the drag under way; 0: none
    int drags_ = 0;
};

} // namespace headroom::ui
