#pragma once

#include "ui/configuration/option_editor.h"

class QLineEdit;

namespace headroom::ui {

/// Text and lists, written as in YAML. What is not allowed is marked, explained, and not taken.
class TextEditor : public OptionEditor {
    Q_OBJECT

public:
    TextEditor(ConfigModel& model, const Option& option, QWidget* parent);

    void read() override;
    QWidget* field() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString shown() const;
    void write();
    void setFault(const QString& message);

    QLineEdit* line_;
};

} // namespace headroom::ui
