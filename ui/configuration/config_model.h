// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_difference.h"
#include "core/config/option.h"
#include "core/config/run_config.h"
#include "core/interop/conversion.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <filesystem>
#include <optional>
#include <vector>

namespace headroom::ui {

struct Preset;

/// The configuration that the window edits. Each change is a command on the undo stack. GUI thread.
class ConfigModel : public QObject {
    Q_OBJECT

public:
    explicit ConfigModel(QObject* parent = nullptr);

    const RunConfig& config() const { return state_.config; }
    QUndoStack& history() { return history_; }

    /// Sets an option of the option table. While the effective batch is locked, batch size and accumulation
    /// snap to its divisors, and setting one changes the other.
    void set(const Option& option, const OptionValue& value);
    /// The configuration that set() would give.
    RunConfig with(const Option& option, const OptionValue& value) const;
    /// Resets an option to its value in the baseline.
    void reset(const Option& option);
    /// Changes of one option between beginDrag() and endDrag() become one undo command.
    void beginDrag();
    void endDrag();
    /// Replaces the configuration as one undo command. @param text of the command: "Set slices to 32"
    void replaceConfig(const RunConfig& config, const QString& text);

    /// The configuration that changes are relative to: a preset or a file.
    const RunConfig& baseline() const { return state_.baseline; }
    const QString& baselineName() const { return state_.baselineName; }
    /// The file of the baseline, as an argument of the command line.
    const QString& baselineFile() const { return state_.baselineFile; }
    /// Replaces configuration and baseline as one undo command.
    void setBaseline(const QString& name, const QString& file, const RunConfig& config);
    /// Makes a preset configuration and baseline as one undo command. The data set stays.
    void usePreset(const Preset& preset);
    /// Restores a baseline and a changed configuration, and clears the undo stack.
    void restore(const QString& name, const QString& file, const RunConfig& baseline,
                 const RunConfig& config);
    bool isChanged(const Option& option) const;
    /// Whether there are unsaved changes, apart from data.root, which the workspace stores separately.
    bool isModified() const;
    std::vector<OptionDifference> changes() const;

    /// Segments per update: batch size times accumulation.
    int effectiveBatch() const;
    bool effectiveBatchLocked() const { return effectiveBatchLocked_; }
    void lockEffectiveBatch(bool lock);
    /// The values that an option can take while the effective batch is locked, rising; empty if not limited.
    std::vector<int> lockedValues(const Option& option) const;

    /// Reads a file and makes it the baseline. Throws Error and changes nothing if that fails.
    /// @return what became of the keys, if the file is one of another program
    std::optional<Conversion> load(const std::filesystem::path& path);
    /// Writes the configuration atomically and makes the file the baseline. Not undoable. Throws Error.
    void save(const std::filesystem::path& path);

Q_SIGNALS:
    void changed();
    void effectiveBatchLockChanged(bool locked);

private:
    friend class ConfigCommand;
    struct State {
        RunConfig config;
        RunConfig baseline;
        QString baselineName;
        QString baselineFile;

        bool hasBaselineOf(const State& other) const {
            return baseline == other.baseline && baselineName == other.baselineName &&
                   baselineFile == other.baselineFile;
        }
        void copyBaselineFrom(const State& other) {
            baseline = other.baseline;
            baselineName = other.baselineName;
            baselineFile = other.baselineFile;
        }
        bool operator==(const State&) const = default;
    };

    void push(const QString& text, const std::string& key, State after);
    void apply(const State& state);

    State state_;
    QUndoStack history_;
    bool effectiveBatchLocked_ = true;
    int drag_ = 0; ///< number of the drag in progress; 0: none
    int lastDrag_ = 0;
};

} // namespace headroom::ui
