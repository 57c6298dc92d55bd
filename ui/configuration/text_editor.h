// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/configuration/option_editor.h"

class QLineEdit;

namespace headroom::ui {

/// Editor of text and lists, in YAML notation. Invalid input is marked, explained and not applied.
class TextEditor : public OptionEditor {
    Q_OBJECT

public:
    TextEditor(ConfigModel& model, const Option& option, QWidget* parent);

    void read() override;
    QWidget* field() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString modelText() const;
    void write();
    void setFault(const QString& message);

    QLineEdit* line_;
};

} // namespace headroom::ui
