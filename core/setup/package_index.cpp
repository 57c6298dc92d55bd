// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/package_index.h"

#include "core/support/error.h"
#include "core/support/lower_case.h"

#include <cstdlib>
#include <curl/curl.h>
#include <memory>

namespace headroom {
namespace {

constexpr std::string_view digestMark = "#sha256=";
constexpr std::size_t digestDigits = 64;

/// The address in the tag of a link; empty if it has none.
std::string linkOf(std::string_view tag) {
    constexpr std::string_view attribute = "href=";
    const auto at = tag.find(attribute);
    if (at == std::string_view::npos || at + attribute.size() == tag.size())
        return "";
    tag.remove_prefix(at + attribute.size());
    const char quote = tag.front();
    if (quote != '"' && quote != '\'')
        return "";
    tag.remove_prefix(1);
    return std::string(tag.substr(0, tag.find(quote)));
}

/// The link relative to the page, as an absolute address; empty if it is none.
std::string resolved(const std::string& link, const std::string& page) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), curl_url_cleanup);
    char* text = nullptr;
    if (!url || curl_url_set(url.get(), CURLUPART_URL, page.c_str(), 0) != CURLUE_OK ||
        curl_url_set(url.get(), CURLUPART_URL, link.c_str(), 0) != CURLUE_OK ||
        curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
        return "";
    const std::unique_ptr<char, decltype(&curl_free)> owner(text, curl_free);
    return text;
}

/// In attributes, only this character of an address needs to be escaped.
std::string withoutEscapes(std::string text) {
    constexpr std::string_view escaped = "&amp;";
    for (auto at = text.find(escaped); at != std::string::npos; at = text.find(escaped, at + 1))
        text.erase(at + 1, escaped.size() - 1); // the ampersand stays
    return text;
}

} // namespace

std::string usualPackageIndex() {
    const char* chosen = std::getenv("PIP_INDEX_URL");
    return chosen == nullptr || *chosen == '\0' ? "https://pypi.org/simple" : chosen;
}

std::string projectPage(const std::string& index, const std::string& project) {
    return index + (index.ends_with('/') ? "" : "/") + project + '/';
}

IndexedFile findIndexedFile(std::string_view html, const std::string& page, const std::string& file) {
    for (auto tag = html.find("<a "); tag != std::string_view::npos; tag = html.find("<a ", tag + 1)) {
        const std::string address = withoutEscapes(linkOf(html.substr(tag, html.find('>', tag) - tag)));
        const std::string path = address.substr(0, address.find_first_of("#?"));
        if (path.substr(path.rfind('/') + 1) != file)
            continue;
        const std::size_t digest = address.find(digestMark);
        return {.url = resolved(address.substr(0, address.find('#')), page),
                .sha256 = digest == std::string::npos
                              ? ""
                              : lowerCase(address.substr(digest + digestMark.size(), digestDigits))};
    }
    throw Error(ErrorKind::Failure, "the package index does not have " + file, page,
                "Use another one: --index, or the variable PIP_INDEX_URL.");
}

} // namespace headroom
