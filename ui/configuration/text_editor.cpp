// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/text_editor.h"

#include "core/config/option_value.h"
#include "core/support/error.h"
#include "ui/accessibility/announcer.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/restyle.h"
#include "ui/theme/typography.h"
#include "ui/widgets/window_undo.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QToolTip>

namespace headroom::ui {
namespace {

bool isFolder(const Option& option) {
    return option.key == "data.root" || option.key == "training.output_dir";
}

} // namespace

TextEditor::TextEditor(ConfigModel& model, const Option& option, QWidget* parent)
    : OptionEditor(model, option, parent), line_(new QLineEdit(parent)) {
    line_->setMinimumWidth(em(9));
    line_->installEventFilter(this);
    connect(line_, &QLineEdit::editingFinished, this, &TextEditor::write);
    if (!isFolder(option))
        return;
    auto* choose = line_->addAction(themeIcon(QStringLiteral("folder")), QLineEdit::TrailingPosition);
    choose->setText(tr("Choose a folder"));
    connect(choose, &QAction::triggered, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(line_, optionTitle(option_), line_->text());
        if (!folder.isEmpty())
            model_.set(option_, folder.toStdString());
    });
}

QWidget* TextEditor::field() {
    return line_;
}

QString TextEditor::modelText() const {
    const OptionValue value = option_.get(model_.config());
    const auto* text = std::get_if<std::string>(&value);
    return QString::fromStdString(text != nullptr ? *text : formatOptionValue(value));
}

void TextEditor::read() {
    line_->setText(modelText());
    line_->setCursorPosition(0);
    setFault({});
}

void TextEditor::write() {
    if (line_->text() == modelText())
        return setFault({});
    try {
        const OptionValue value = parseOptionValue(option_, line_->text().toStdString());
        setFault({});
        model_.set(option_, value);
    } catch (const Error& error) {
        setFault(QString::fromStdString(error.message()));
    }
}

void TextEditor::setFault(const QString& message) {
    line_->setToolTip(message.isEmpty() ? optionToolTip(option_) : plainToolTip(message));
    line_->setAccessibleDescription(message);
    const bool faulty = !message.isEmpty();
    if (line_->property("faulty").toBool() == faulty)
        return;
    setStyleProperty(*line_, "faulty", faulty);
    if (!faulty)
        return;
    announce(*line_, message);
    if (line_->isVisible())
        QToolTip::showText(line_->mapToGlobal(QPoint(0, line_->height())), line_->toolTip(), line_);
}

bool TextEditor::eventFilter(QObject* watched, QEvent* event) {
    if (isWindowUndo(*event, line_->text() != modelText())) {
        event->ignore();
        return true;
    }
    return OptionEditor::eventFilter(watched, event);
}

} // namespace headroom::ui
